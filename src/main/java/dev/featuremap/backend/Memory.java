package dev.featuremap.backend;

import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;

/**
 * How much memory may be taken, in bytes.
 *
 * @param heap most that Java's objects may take
 * @param natives most that native arrays may take
 * @param machine what the machine, or the container, has
 */
record Memory(long heap, long natives, long machine) {
    private static final long MIB = 1 << 20;
    private static final long LITTLE_HEAP = 400 * MIB;
    private static final long LITTLE_NATIVE = 1000 * MIB;

    static Memory here() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Memory(Runtime.getRuntime().maxMemory(), Pointer.maxBytes(), system.getTotalMemorySize());
    }

    Finding limits() {
        String found = "heap " + heap / MIB + " MiB, native arrays " + natives / MIB + " MiB, of the machine's "
                + machine / MIB + " MiB";
        if (heap < LITTLE_HEAP) {
            return Finding.note(
                    "memory",
                    found + ": little heap",
                    "set FEATUREMAP_HEAP=768m, or give the JVM -Xmx768m: MNIST with its pictures wants some 400 MiB");
        }
        if (natives < LITTLE_NATIVE) {
            return Finding.note(
                    "memory",
                    found + ": little for native arrays",
                    "set FEATUREMAP_NATIVE_MEMORY=2g, or give the JVM -Dorg.bytedeco.javacpp.maxbytes=2g");
        }
        if (heap + natives > machine) {
            return Finding.note(
                    "memory",
                    found + ": the limits together are more than there is, so that the system may end a large run",
                    "lower FEATUREMAP_NATIVE_MEMORY (-Dorg.bytedeco.javacpp.maxbytes) or FEATUREMAP_HEAP (-Xmx)");
        }
        return Finding.ok("memory", found);
    }
}
