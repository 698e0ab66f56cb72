package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.Scaling;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Folders as people have them: 200 at random, each read right or refused with one error that tells of all its faults. */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class OddFoldersTest {
    private static final List<String> PASSED_OVER =
            List.of("Thumbs.db", "desktop.ini", ".DS_Store", "._0.png", "__MACOSX/0.png", ".hidden/notes");
    private static final int FAULTS = 9;
    private static final int SOUND = 8;

    @TempDir
    Path all;

    @Test
    void readsTheRightPicturesOrTellsOfEveryFault() throws IOException {
        Random random = new Random(13);
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            Path folder = Files.createDirectory(all.resolve("folder " + i));
            Map<String, Integer> levels = new TreeMap<>();
            for (String className : List.of("a", "b", "ç 猫")) {
                Path of = Files.createDirectory(folder.resolve(className));
                for (int picture = 0; picture < 1 + random.nextInt(3); picture++) {
                    sound(random.nextInt(SOUND), random.nextInt(255), of, picture, levels);
                }
                if (random.nextBoolean()) {
                    Path left = of.resolve(PASSED_OVER.get(random.nextInt(PASSED_OVER.size())));
                    Files.createDirectories(left.getParent());
                    Files.writeString(left, "x");
                }
            }
            Set<String> faults = new TreeSet<>();
            for (int fault = i % 2 * (1 + random.nextInt(6)); fault > 0; fault--) {
                faults.add(fault(random.nextInt(FAULTS), folder, random.nextBoolean() ? "a" : "b"));
            }
            refused += faults.isEmpty() ? 0 : 1;
            check(folder, levels, faults);
        }
        assertThat(refused).isEqualTo(100);
    }

    private static void check(Path folder, Map<String, Integer> levels, Set<String> faults) {
        DataSpec.Images spec = new DataSpec.Images(
                folder.toString(),
                Optional.of(folder.toString()),
                0.5,
                Extent.square(2),
                1,
                false,
                Scaling.RAW,
                0,
                Augmentation.NONE);
        if (!faults.isEmpty()) {
            Throwable thrown =
                    catchThrowable(() -> new ImageFolderData(spec).open(42, new DataFolder(null, DataCache.NONE)));
            assertThat(thrown).isInstanceOf(Failure.class).hasMessageStartingWith(folder + ": found " + faults.size());
            assertThat(((Failure) thrown).kind()).isEqualTo(Failure.Kind.DATA);
            assertThat(faults).allSatisfy(fault -> assertThat(thrown).hasMessageContaining(fault + " ("));
            return;
        }
        Pictures pictures = new ImageFolderData(spec)
                .open(42, new DataFolder(null, DataCache.NONE))
                .train();
        assertThat(pictures.count()).isEqualTo(levels.size());
        for (int i = 0; i < pictures.count(); i++) {
            String identity = pictures.identity(i);
            float[] pixels = new float[4];
            pictures.decode(i, pixels);
            assertThat(levels).containsKey(identity);
            assertThat(pictures.className(i)).isEqualTo(identity.substring(0, identity.indexOf('/')));
            for (float pixel : pixels) {
                assertThat(pixel).as(identity).isBetween(levels.get(identity) - 2f, levels.get(identity) + 2f);
            }
        }
    }

    /** A picture of one tone, as which it must be read. */
    private static void sound(int kind, int level, Path folder, int number, Map<String, Integer> levels)
            throws IOException {
        BufferedImage image = PictureBytes.grey(new int[][] {{level, level}}, 8);
        byte[] png = PictureBytes.encoded(image, "png");
        byte[] jpeg = PictureBytes.encoded(image, "jpg");
        byte[] content = switch (kind) {
            case 0 -> png;
            case 1 -> jpeg;
            case 2 -> PictureBytes.oriented(png, 1 + level % 8, ByteOrder.LITTLE_ENDIAN);
            case 3 -> PictureBytes.oriented(jpeg, 1 + level % 8, ByteOrder.BIG_ENDIAN);
            case 4 -> PictureBytes.inserted(jpeg, jpeg.length - 2, new byte[64]);
            case 5 -> colours(BufferedImage.TYPE_INT_ARGB, level);
            case 6 -> colours(BufferedImage.TYPE_BYTE_INDEXED, 255);
            default -> jpeg;
        };
        int expected = switch (kind) {
            case 5 -> (255 + level) / 2;
            case 6 -> 255;
            default -> level;
        };
        boolean hasOddName = kind == 7;
        String extension = content[0] == (byte) 0xff ? ".JPEG" : ".png";
        String encoded = number + (hasOddName ? "%E9" : "") + extension;
        Files.write(Path.of(URI.create(folder.toUri() + encoded)), content);
        levels.put(folder.getFileName() + "/" + number + (hasOddName ? "\\xE9" : "") + extension, expected);
    }

    /** One tone at half its strength, or fully opaque in a palette. */
    private static byte[] colours(int type, int level) {
        BufferedImage image = new BufferedImage(5, 3, type);
        int opaque = type == BufferedImage.TYPE_INT_ARGB ? 0x80 : 0xff;
        for (int i = 0; i < 15; i++) {
            image.setRGB(i % 5, i / 5, opaque << 24 | level << 16 | level << 8 | level);
        }
        return PictureBytes.encoded(image, "png");
    }

    /** Something that is no picture; its identity. */
    private static String fault(int kind, Path folder, String className) throws IOException {
        byte[] png = PictureBytes.encoded(PictureBytes.grey(new int[][] {{7, 200}}, 16), "png");
        byte[] jpeg = PictureBytes.encoded(PictureBytes.grey(new int[][] {{7, 200}}, 16), "jpg");
        String name = className + "/"
                + List.of(
                                "empty.jpg",
                                "text.png",
                                "other.jpeg",
                                "cut.png",
                                "cut.jpg",
                                "huge.png",
                                "folder",
                                "notes.txt",
                                "nowhere.png")
                        .get(kind);
        Path file = folder.resolve(name);
        byte[] content = switch (kind) {
            case 1 -> new byte[] {'h', 'i'};
            case 2 -> PictureBytes.encoded(PictureBytes.grey(new int[][] {{7}}, 4), "gif");
            case 3 -> Arrays.copyOf(png, png.length - 30);
            case 4 -> Arrays.copyOf(jpeg, jpeg.length - 30);
            case 5 -> PictureBytes.pngHeader(20_000, 20_000, 8, 0);
            default -> new byte[0];
        };
        if (kind == 6) {
            Files.createDirectories(file);
        } else if (kind == 8) {
            Files.deleteIfExists(file);
            Files.createSymbolicLink(file, Path.of("no such file"));
        } else {
            Files.write(file, content);
        }
        return name;
    }
}
