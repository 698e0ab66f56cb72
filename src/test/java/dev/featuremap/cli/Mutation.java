package dev.featuremap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * One value of a JSON or CSV file made another of the same form.
 *
 * @param leaf where it stands, such as {@code result.json: test.confusion[0][1]} or {@code metrics.csv: 3 loss}
 * @param text the whole file with the other value
 */
record Mutation(String leaf, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*Z");

    /** One for each value, and each list, of a file. */
    static List<Mutation> of(Path file, Random random) throws IOException {
        List<Mutation> all = new ArrayList<>();
        String name = file.getFileName() + ": ";
        String sound = Files.readString(file);
        if (name.contains(".csv")) {
            ofCsv(name, sound.lines().toList(), random, all);
        } else {
            JsonNode root = JSON.readTree(sound);
            ofJson(name, root, root, random, all);
        }
        return all;
    }

    private static void ofCsv(String name, List<String> lines, Random random, List<Mutation> all) {
        String[] columns = lines.get(0).split(",", -1);
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            for (int j = 0; j < cells.length; j++) {
                if (!cells[j].isEmpty()) {
                    String[] other = cells.clone();
                    other[j] = otherCell(cells[j], lines, j, random);
                    List<String> changed = new ArrayList<>(lines);
                    changed.set(i, String.join(",", other));
                    all.add(new Mutation(name + i + " " + columns[j], String.join("\n", changed) + "\n"));
                }
            }
        }
    }

    /** Of texts, one that stands in the same column elsewhere. */
    private static String otherCell(String cell, List<String> lines, int column, Random random) {
        if (cell.matches("-?\\d+")) {
            return Long.toString(other(Long.parseLong(cell), random));
        }
        if (cell.matches("-?\\d.*")) {
            return Double.toString(other(Double.parseDouble(cell), random));
        }
        return lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1)[column])
                .filter(text -> !text.equals(cell))
                .findAny()
                .orElse(cell + "x");
    }

    private static void ofJson(String path, JsonNode root, JsonNode node, Random random, List<Mutation> all) {
        if (node instanceof ObjectNode object) {
            for (Iterator<String> keys = List.copyOf(iterable(object)).iterator(); keys.hasNext(); ) {
                String key = keys.next();
                String child = path + (path.endsWith(" ") ? "" : ".") + key;
                JsonNode value = object.get(key);
                if (value.isValueNode()) {
                    object.set(key, other(value, random));
                    all.add(new Mutation(child, root.toPrettyString()));
                    object.set(key, value);
                } else {
                    ofJson(child, root, value, random, all);
                }
            }
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode value = array.get(i);
                if (value.isValueNode()) {
                    array.set(i, other(value, random));
                    all.add(new Mutation(path + "[" + i + "]", root.toPrettyString()));
                    array.set(i, value);
                } else {
                    ofJson(path + "[" + i + "]", root, value, random, all);
                }
            }
            JsonNode last = array.remove(array.size() - 1);
            all.add(new Mutation(path, root.toPrettyString()));
            array.add(last);
        }
    }

    private static List<String> iterable(ObjectNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static JsonNode other(JsonNode value, Random random) {
        if (value.isIntegralNumber()) {
            return LongNode.valueOf(other(value.asLong(), random));
        }
        if (value.isNumber()) {
            return DoubleNode.valueOf(other(value.asDouble(), random));
        }
        return value.isBoolean() ? BooleanNode.valueOf(!value.asBoolean()) : TextNode.valueOf(other(value.asText()));
    }

    private static long other(long number, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> number + 1;
            case 1 -> number - 1;
            default -> 10 * number + 7;
        };
    }

    private static double other(double number, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> number * 1.25 + 0.01;
            case 1 -> number * 0.75 + 0.02;
            default -> -number - 1;
        };
    }

    private static String other(String text) {
        List<String> statuses = Arrays.asList("done", "stopped early", "abandoned", "diverged");
        if (statuses.contains(text)) {
            return statuses.get((statuses.indexOf(text) + 1) % statuses.size());
        }
        if (TIME.matcher(text).matches()) {
            return Instant.parse(text).plus(Duration.ofHours(1)).toString();
        }
        if (text.matches("[0-9a-f]{64}")) {
            return (text.startsWith("0") ? "1" : "0") + text.substring(1);
        }
        return text + "x";
    }
}
