package dev.featuremap.network;

import com.fasterxml.jackson.databind.JsonNode;
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
                return Optional.of(new JsonDifference(child, "DL4J does not know this key" + nearest(key, readBack)));
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

    private static String nearest(String key, JsonNode known) {
        String best = null;
        int least = 1 + key.length() / 3;
        for (var names = known.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            int distance = distance(key, name);
            if (distance <= least) {
                best = name;
                least = distance - 1;
            }
        }
        return best == null ? "" : "; did you mean " + best + "?";
    }

    /** Levenshtein's: how many letters are put in, left out or changed. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
