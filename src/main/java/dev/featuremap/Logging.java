package dev.featuremap;

/**
 * How this program logs when it is started by itself: as {@code conf/logback.xml} says. The file has no name that Logback would look
 * for, so that another program with this project's jar on its class path keeps its own logging.
 */
public final class Logging {
    /** The system property by which Logback finds its configuration. */
    public static final String CONFIGURATION = "logback.configurationFile";

    /** {@code conf/logback.xml} on the class path. */
    public static final String OURS = "dev/featuremap/logback.xml";

    private Logging() {}

    /** Chooses this project's configuration unless another is named; before the first logger is made. */
    public static void configure() {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, OURS);
        }
    }
}
