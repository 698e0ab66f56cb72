package dev.featuremap.data;

/** Told of what takes its time before data can be read. */
@FunctionalInterface
public interface DataProgress {
    /** Tells no one. */
    DataProgress SILENT = (work, done, total) -> {};

    /**
     * Called now and then.
     *
     * @param work what is done, in words; another text begins another work
     * @param done bytes that are there, unpacked
     * @param total bytes there will be in all
     */
    void advanced(String work, long done, long total);

    /** Something to know, in one line. */
    default void noted(String line) {}
}
