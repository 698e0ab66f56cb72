package dev.featuremap.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** A place to get MNIST's files from. What it gives is checked by the receiver: a source need not be believed. */
public interface MnistSource {
    /** What to call it in a message. */
    String name();

    /**
     * Hands over the wanted files one by one, until all are done or one fails.
     *
     * @param scratch an empty folder on the data's disk for this fetch alone, removed after it
     * @throws IOException why this source cannot give them, or gave something else
     */
    void fetch(List<MnistFile> wanted, Path scratch, Receiver receiver) throws IOException;

    /** Takes the unpacked content of one file, checks it and keeps it. */
    @FunctionalInterface
    interface Receiver {
        void receive(MnistFile file, InputStream content) throws IOException;
    }
}
