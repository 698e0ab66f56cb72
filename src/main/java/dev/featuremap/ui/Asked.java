package dev.featuremap.ui;

import dev.featuremap.Spelling;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is asked for.
 *
 * @param changes whether it is a POST
 * @param path the address's parts between its slashes, unescaped
 * @param query its parameters, each with its values
 * @param type the body's media type without parameters; empty without a body
 */
@SuppressWarnings("ArrayRecordComponent")
record Asked(boolean changes, List<String> path, Map<String, List<String>> query, String type, byte[] body) {
    /**
     * The value of a parameter; the default where there is none.
     *
     * @throws Refusal (400) when it is given more than once
     */
    String query(String name, String without) {
        List<String> values = query.getOrDefault(name, List.of(without));
        if (values.size() > 1) {
            throw new Refusal(400, name + " is given " + values.size() + " times", "give it once");
        }
        return values.get(0);
    }

    /**
     * The constant that a parameter names, in lower case; the default where there is none.
     *
     * @throws Refusal (400) naming those that there are
     */
    <E extends Enum<E>> E query(String name, E without) {
        List<E> constants = List.of(without.getDeclaringClass().getEnumConstants());
        String word = query(name, word(without));
        return constants.stream()
                .filter(one -> word(one).equals(word))
                .findFirst()
                .orElseThrow(() -> {
                    String allowed = constants.stream().map(Asked::word).collect(Collectors.joining(", "));
                    return new Refusal(400, name + " is " + word, "give one of " + allowed);
                });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** @throws Refusal (400) when there is a parameter of another name */
    void requireOnly(String... known) {
        List<String> names = List.of(known);
        query.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new Refusal(
                            400,
                            "the parameter " + name + " is not known here" + Spelling.didYouMean(names, name),
                            names.isEmpty() ? "leave it away" : "this address knows " + String.join(", ", names));
                });
    }

    /**
     * The parts of an address's path.
     *
     * @throws Refusal (400) when one is escaped in a way that is no UTF-8
     */
    static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                parts.add(unescaped(part));
            }
        }
        return parts;
    }

    /** The parameters of an address, in their order. */
    static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = unescaped(equals < 0 ? pair : pair.substring(0, equals));
            String value =
                    equals < 0 ? "" : unescaped(pair.substring(equals + 1).replace('+', ' '));
            parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return parameters;
    }

    private static String unescaped(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(3 * text.length());
        try {
            for (int i = 0; i < text.length(); i++) {
                char each = text.charAt(i);
                if (each == '%') {
                    bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
                    i += 2;
                } else {
                    bytes.put(Character.toString(each).getBytes(StandardCharsets.UTF_8));
                }
            }
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Refusal(400, "the address is not escaped UTF-8", "escape it as browsers do");
        }
    }
}
