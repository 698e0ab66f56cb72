package dev.featuremap.data;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.LabelMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** MNIST's digits, or the first of them. */
record MnistData(DataSpec.Mnist spec) implements DataSource {
    @Override
    public DataShape shape() {
        return new DataShape(1, 28, 28, classNames());
    }

    @Override
    public Opened open(long seed, DataFolder data) {
        MnistFiles.Opened files = data.mnist().open(spec.folder().map(Path::of), data.cache());
        SortedMap<String, String> hashes = new TreeMap<>();
        files.all().forEach(file -> hashes.put(file.name(), file.sha256()));
        return new Opened(
                first(spec.trainExamples(), files.trainImages(), files.trainLabels()),
                first(spec.testExamples(), files.testImages(), files.testLabels()),
                hashes);
    }

    private List<String> classNames() {
        return spec.label() == LabelMode.CLASS ? IdxData.classNames(0, 10) : List.of();
    }

    private Pictures first(Optional<Integer> wanted, IdxFile images, IdxFile labels) {
        Pictures all = IdxData.pictures(images, labels, 0, classNames(), spec.scaling());
        return wanted.map(all::first).orElse(all);
    }
}
