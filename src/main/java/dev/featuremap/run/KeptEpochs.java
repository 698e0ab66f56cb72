package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.network.ModelArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A run's {@code epochs}: {@code epoch-N.zip}, the network after N epochs as a model of DL4J's, sealed, without the updater's
 * state; epoch 0 is before the first step.
 */
public final class KeptEpochs {
    private static final Pattern NAME = Pattern.compile("epoch-(0|[1-9]\\d{0,8})\\.zip");

    private final Path folder;

    KeptEpochs(Path folder) {
        this.folder = folder;
    }

    /**
     * Keeps an epoch's weights, whole or not at all.
     *
     * @throws dev.featuremap.network.NotFiniteException when the network holds a NaN
     */
    public void keep(int epoch, MultiLayerNetwork network) {
        ModelArchive.requireFinite(network);
        try {
            if (!RegularFiles.isFolder(folder)) {
                DirectoryLock.check(folder);
                RegularFiles.makeFolder(folder);
            }
        } catch (IOException e) {
            throw AtomicFiles.unwritable(folder, e);
        }
        DirectoryLock.write(file(epoch), out -> ModelArchive.writeParameters(network, out));
    }

    /** The epochs that are here, in their order. */
    public List<Integer> epochs() {
        try {
            return names().map(NAME::matcher)
                    .filter(Matcher::matches)
                    .map(name -> Integer.valueOf(name.group(1)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw RunDirectory.unreadable(folder, AtomicFiles.reason(e), e);
        }
    }

    /**
     * The network after an epoch.
     *
     * @throws Failure (model) when its file is not what was written
     */
    public MultiLayerNetwork network(int epoch) {
        try {
            return ModelArchive.read(file(epoch));
        } catch (Failure damaged) {
            throw new Failure(
                    damaged.kind(), damaged.getMessage(), "remove this file: a page then goes without it", damaged);
        }
    }

    /** Removes the epochs after this one, which are trained again, and whatever was not written to its end. */
    void goBackTo(int epoch) throws IOException {
        for (String name : names().toList()) {
            Matcher kept = NAME.matcher(name);
            if (kept.matches() ? Integer.parseInt(kept.group(1)) > epoch : name.endsWith(".tmp")) {
                DirectoryLock.check(folder);
                RegularFiles.delete(folder.resolve(name));
            }
        }
    }

    private Stream<String> names() throws IOException {
        return RegularFiles.isFolder(folder)
                ? RegularFiles.list(folder).stream()
                        .map(path -> path.getFileName().toString())
                : Stream.empty();
    }

    private Path file(int epoch) {
        return folder.resolve("epoch-" + epoch + ".zip");
    }
}
