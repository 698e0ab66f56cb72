package dev.featuremap.engine;

import org.bytedeco.dnnl.memory;

/**
 * Values somewhere in native memory.
 *
 * @param handle oneDNN's handle
 * @param descriptor their order in memory, and their type
 * @param region where they lie, or null for parameters and their gradients
 * @param overwritable whether nobody will read them once the next stage has
 */
record Tensor(memory handle, memory.desc descriptor, Shape shape, Arena.Region region, boolean overwritable) {
    memory.data_type type() {
        return typeOf(descriptor);
    }

    static memory.data_type typeOf(memory.desc descriptor) {
        return descriptor.data_type().intern();
    }

    boolean isFloats() {
        return type() == memory.data_type.f32;
    }

    Tensor kept() {
        return new Tensor(handle, descriptor, shape, region, false);
    }
}
