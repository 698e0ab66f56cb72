package dev.featuremap.data;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import java.util.SortedMap;

/** The data that an experiment names, before anything of them is read. */
interface DataSource {
    /** The source of its kind. */
    static DataSource of(DataSpec spec) {
        if (spec instanceof DataSpec.Mnist mnist) {
            return new MnistData(mnist);
        }
        if (spec instanceof DataSpec.Xo letters) {
            return new XoData(letters);
        }
        if (spec instanceof DataSpec.Idx files) {
            return new IdxData(files);
        }
        if (spec instanceof DataSpec.Images folders) {
            return new ImageFolderData(folders);
        }
        throw new IllegalArgumentException("no reader for " + spec);
    }

    /** What every example will look like, without fetching anything: files are read only where their content decides. */
    DataShape shape();

    /**
     * Reads the data once: training pictures, test pictures of the same shape, and the files' hashes.
     *
     * @param seed the run's seed, for what is drawn or held out
     * @param data where MNIST is found or fetched to, and kept what is made of files
     * @throws dev.featuremap.Failure (data) saying which file is not as it should be, and how
     */
    Opened open(long seed, DataFolder data);

    /**
     * What was read.
     *
     * @param fileHashes SHA-256 of the very bytes that were read, see {@link Datasets#fileHashes}
     */
    record Opened(Pictures train, Pictures test, SortedMap<String, String> fileHashes) {}
}
