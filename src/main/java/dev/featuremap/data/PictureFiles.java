package dev.featuremap.data;

import dev.featuremap.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The pictures of any folder, whatever they are of. */
public final class PictureFiles {
    private PictureFiles() {}

    /**
     * The PNG and JPEG files, by their names, in a folder and the folders in it, in the natural order of their paths; hidden
     * ones are passed over.
     *
     * @throws Failure (data) when there is none, or the folder cannot be listed
     */
    public static List<Path> in(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(Picture::isNamedAsPicture)
                    .filter(file -> isVisible(folder.relativize(file)) && Files.isRegularFile(file))
                    .sorted(Comparator.comparing(Path::toString, new NaturalOrder()))
                    .toList();
            if (files.isEmpty()) {
                throw Failure.data(
                        folder + ": found no .png, .jpg or .jpeg file in this folder", "name a folder with pictures");
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw new Failure(
                    Failure.Kind.DATA, folder + ": cannot be listed: " + e.getMessage(), "check its permissions", e);
        }
    }

    private static boolean isVisible(Path within) {
        return StreamSupport.stream(within.spliterator(), false)
                .noneMatch(part -> part.toString().startsWith("."));
    }
}
