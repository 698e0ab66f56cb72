package dev.featuremap.backend;

/**
 * The switch that lets DL4J's convolution, subsampling and batch normalisation layers run on oneDNN.
 *
 * <p>DL4J M2.1 turns its helpers off by default, and its test for oneDNN looks for a class that has moved; the first is
 * answered by a system property, the second by {@link org.nd4j.nativeblas.Nd4jCpu.Environment}.
 */
public final class OneDnnSwitch {
    /** DL4J's property; its default is "true". */
    static final String DISABLE_HELPERS = "org.eclipse.deeplearning4j.helpers.disable";

    private OneDnnSwitch() {}

    /** Turns the helpers on for networks built from now on, unless the user has set DL4J's property. */
    static void turnOn() {
        if (System.getProperty(DISABLE_HELPERS) == null) {
            System.setProperty(DISABLE_HELPERS, "false");
        }
    }

    /** Whether DL4J's layers use oneDNN: allowed by the property, and built into the native in use. */
    public static boolean isOn() {
        return isAllowed() && Natives.inUse().hasOneDnn();
    }

    /** Whether the property allows DL4J's helpers. */
    static boolean isAllowed() {
        return !Boolean.parseBoolean(System.getProperty(DISABLE_HELPERS, "true"));
    }
}
