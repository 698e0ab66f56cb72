package dev.featuremap.ui;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    /** The first value of a parameter; the default where there is none. */
    String query(String name, String without) {
        return query.getOrDefault(name, List.of(without)).get(0);
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
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
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
