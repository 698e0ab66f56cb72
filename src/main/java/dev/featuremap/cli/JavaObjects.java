package dev.featuremap.cli;

import java.io.ObjectInputFilter;

/**
 * Java's deserialisation, which runs code of the objects it reads: nothing here needs it, so that no class may be read,
 * whichever library tries.
 */
final class JavaObjects {
    private JavaObjects() {}

    /** For the whole JVM; a filter that was given to it ({@code -Djdk.serialFilter}) stays. */
    static void forbid() {
        if (ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter("!*"));
        }
    }
}
