package dev.featuremap.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.featuremap.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The first place where what DL4J read, written back, is not what stood in the file.
 *
 * @param path of the key, such as {@code confs[0].layer.stride}
 * @param what is different there, in words
 */
record JsonDifference(String path, String what) {
    /** Compares numbers by value and objects without regard to the order of their keys. */
    static Optional<JsonDifference> between(JsonNode file, JsonNode readBack) {
        return between("", file, readBack);
    }

    /** A value as it stands in a message: its JSON, cut after 60 characters. */
    static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private static Optional<JsonDifference> between(String path, JsonNode file, JsonNode readBack) {
        if (file.isObject() && readBack.isObject()) {
            return betweenObjects(path, file, readBack);
        }
        if (file.isArray() && readBack.isArray() && file.size() == readBack.size()) {
            for (int i = 0; i < file.size(); i++) {
                Optional<JsonDifference> inside = between(path + "[" + i + "]", file.get(i), readBack.get(i));
                if (inside.isPresent()) {
                    return inside;
                }
            }
            return Optional.empty();
        }
        return equal(file, readBack)
                ? Optional.empty()
                : Optional.of(
                        new JsonDifference(path, "found " + shown(file) + ", which DL4J reads as " + shown(readBack)));
    }

    private static Optional<JsonDifference> betweenObjects(String path, JsonNode file, JsonNode readBack) {
        TreeSet<String> keys = new TreeSet<>();
        file.fieldNames().forEachRemaining(keys::add);
        for (String key : keys) {
            String child = path.isEmpty() ? key : path + "." + key;
            if (!readBack.has(key)) {
                return Optional.of(new JsonDifference(
                        child, "DL4J does not know this key" + Spelling.didYouMean(names(readBack), key)));
            }
            Optional<JsonDifference> inside = between(child, file.get(key), readBack.get(key));
            if (inside.isPresent()) {
                return inside;
            }
        }
        TreeSet<String> missing = new TreeSet<>();
        readBack.fieldNames().forEachRemaining(missing::add);
        missing.removeAll(keys);
        if (!missing.isEmpty()) {
            String key = missing.first();
            return Optional.of(new JsonDifference(
                    path.isEmpty() ? key : path + "." + key,
                    "this key is missing; DL4J would silently take " + shown(readBack.get(key))));
        }
        return Optional.empty();
    }

    private static boolean equal(JsonNode file, JsonNode readBack) {
        if (file.isIntegralNumber() && readBack.isIntegralNumber()) {
            return file.bigIntegerValue().equals(readBack.bigIntegerValue());
        }
        if (file.isNumber() && readBack.isNumber()) {
            return file.doubleValue() == readBack.doubleValue();
        }
        return file.equals(readBack);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
