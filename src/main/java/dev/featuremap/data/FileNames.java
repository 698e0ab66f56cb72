package dev.featuremap.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files' names as text, and files by such a text.
 *
 * <p>On Linux a name is any bytes. Java keeps them in a {@link Path} it has listed, but gives those that are no UTF-8 as U+FFFD, and
 * gets them so from a command line. Here they are written {@code caf\xE9.png}.
 */
public final class FileNames {
    private static final char REPLACED = '\ufffd';

    private FileNames() {}

    /** The whole path as text. */
    public static String shown(Path path) {
        String text = path.toString();
        if (text.indexOf(REPLACED) < 0) {
            return text;
        }
        String encoded = path.toUri().getRawPath();
        return decoded(encoded.endsWith("/") ? encoded.substring(0, encoded.length() - 1) : encoded);
    }

    /** The last name of a path as text. */
    public static String of(Path path) {
        String shown = shown(path.getFileName());
        return shown.substring(shown.lastIndexOf('/') + 1);
    }

    /**
     * The file or folder that is meant: the path itself, or, where none is there, the only one whose names read like its own, but for
     * Unicode's forms and bytes that are no UTF-8.
     */
    public static Path existing(Path path) {
        Path name = path.getFileName();
        if (name == null || Files.exists(path)) {
            return path;
        }
        Path folder = path.getParent() == null ? Path.of("") : existing(path.getParent());
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> alike =
                    files.filter(file -> isAlike(file, name.toString())).toList();
            return alike.size() == 1 ? alike.get(0) : path;
        } catch (IOException | UncheckedIOException e) {
            return path; // and who opens it says what is wrong
        }
    }

    private static boolean isAlike(Path file, String name) {
        return file.getFileName().toString().equals(name) || composed(of(file)).equals(composed(name));
    }

    /** These names for a message, those that differ from another only in Unicode's form by their characters' numbers. */
    static List<String> toldApart(List<String> names, List<String> others) {
        Map<String, Set<String>> forms =
                others.stream().collect(Collectors.groupingBy(FileNames::composed, Collectors.toSet()));
        return names.stream()
                .map(name ->
                        Set.of(name).containsAll(forms.getOrDefault(composed(name), Set.of())) ? name : numbered(name))
                .toList();
    }

    private static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static String numbered(String name) {
        return name.chars()
                .mapToObj(letter ->
                        letter < 128 ? Character.toString(letter) : String.format(Locale.ROOT, "\\u%04x", letter))
                .collect(Collectors.joining());
    }

    /** A URI's path, in which every odd byte is a percent sign and two digits. */
    private static String decoded(String encoded) {
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            boolean escaped = encoded.charAt(i) == '%';
            bytes.put((byte) (escaped ? Integer.parseInt(encoded.substring(i + 1, i + 3), 16) : encoded.charAt(i)));
            i += escaped ? 2 : 0;
        }
        bytes.flip();
        StringBuilder text = new StringBuilder();
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer letters = CharBuffer.allocate(encoded.length());
        while (true) {
            CoderResult result = decoder.decode(bytes, letters, true);
            text.append(letters.flip());
            letters.clear();
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                text.append(String.format(Locale.ROOT, "\\x%02X", bytes.get()));
            }
            decoder.reset();
        }
    }
}
