package dev.featuremap.network;

import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.learning.config.NoOp;

/** A class that no file may load: it sings when it is initialised. */
public class Canary extends NoOp {
    private static final long serialVersionUID = 1L;

    static {
        Song.SUNG.set(true);
    }

    /** The one that is let in, to show that plain DL4J would. */
    public static class Caged extends NoOp {
        private static final long serialVersionUID = 1L;

        static {
            Song.CAGED_SUNG.set(true);
        }
    }

    /** Kept outside, so that asking does not initialise the canary. */
    static final class Song {
        static final AtomicBoolean SUNG = new AtomicBoolean();
        static final AtomicBoolean CAGED_SUNG = new AtomicBoolean();

        private Song() {}
    }
}
