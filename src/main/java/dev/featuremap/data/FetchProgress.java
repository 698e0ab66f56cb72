package dev.featuremap.data;

/** Told how far a download has come. */
@FunctionalInterface
public interface FetchProgress {
    /** Tells no one. */
    FetchProgress SILENT = (done, total) -> {};

    /**
     * Called now and then.
     *
     * @param done bytes received, unpacked
     * @param total bytes to receive in all
     */
    void fetched(long done, long total);
}
