package dev.featuremap.network;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.featuremap.Failure;
import java.util.Map;

/** JSON text from outside, as a tree that is safe to give to DL4J's reader. */
final class NetworkJson {
    static final int MAX_BYTES = 4 << 20;
    /** A layer takes about 150. */
    private static final int MAX_TOKENS = 300_000;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_STRING = 1 << 16;
    private static final String REMEDY =
            "Save the network again with DL4J 1.0.0-M2.1's MultiLayerConfiguration.toJson().";

    private static final JsonMapper STRICT = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING)
                            .maxNumberLength(100)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String source;

    private NetworkJson(String source) {
        this.source = source;
    }

    /**
     * Parses and checks a network's JSON.
     *
     * @param source named in failures, such as the file
     * @throws Failure of kind model, for what is not well-formed, too large or too deep, repeats a key, or names a class
     *     that is not DL4J's own
     */
    static JsonNode parse(String json, String source) {
        NetworkJson checks = new NetworkJson(source);
        JsonNode root = checks.wellFormed(json);
        if (root.has("vertices")) {
            throw checks.refusal("", "is a ComputationGraph; only a MultiLayerConfiguration can be run");
        }
        if (!root.path("confs").isArray() || root.path("confs").isEmpty()) {
            throw checks.refusal("", "is not DL4J's MultiLayerConfiguration: it has no list confs of layers");
        }
        checks.check("", root);
        return root;
    }

    private JsonNode wellFormed(String json) {
        if (json.length() > MAX_BYTES) {
            throw refusal("", "is larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        try {
            return STRICT.readTree(json);
        } catch (StreamConstraintsException e) {
            throw refusal(
                    "",
                    "is nested deeper than " + MAX_DEPTH + " levels, has more than " + MAX_TOKENS
                            + " keys and values, or one that is too long");
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw refusal(
                    "line " + place.getLineNr() + ", column " + place.getColumnNr(), firstLine(e.getOriginalMessage()));
        }
    }

    private void check(String path, JsonNode node) {
        if (node.isTextual()) {
            checkText(path, node.textValue());
        } else if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            throw refusal(path, "a number too large for DL4J");
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(path + "[" + i + "]", node.get(i));
            }
        } else if (node.isObject()) {
            checkArray(path, node);
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                String child = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                // DL4J names classes by @class, and those of distributions by type.
                if (entry.getKey().equals("@class") || entry.getKey().equals("type")) {
                    checkClass(child, entry.getValue());
                }
                check(child, entry.getValue());
            }
        }
    }

    private void checkClass(String path, JsonNode name) {
        if (!name.isTextual() || !KnownClasses.NAMES.contains(name.textValue())) {
            throw refusal(
                    path,
                    JsonDifference.shown(name)
                            + " is not one of DL4J's own layers, activations, losses, updaters or schedules; it is not loaded");
        }
    }

    /** Jackson reads {@code a.B<c.D>} as a generic type and would load its argument. */
    private void checkText(String path, String text) {
        if (text.indexOf('<') >= 0) {
            throw refusal(path, "the sign < is not allowed in a name");
        }
    }

    /** ND4J trusts a saved array's shape to be that of its data. */
    private void checkArray(String path, JsonNode node) {
        JsonNode shape = node.path("shape");
        if (!node.has("dataType") || !node.has("data") || !shape.isArray()) {
            return;
        }
        double product = 1;
        for (JsonNode side : shape) {
            product *= side.canConvertToInt() && side.intValue() >= 0 ? side.intValue() : Double.NaN;
        }
        if (product != node.path("data").size()) {
            throw refusal(
                    path,
                    "an array of shape " + JsonDifference.shown(shape) + " with "
                            + node.path("data").size() + " numbers");
        }
    }

    private Failure refusal(String path, String what) {
        return refusal(source, path, what);
    }

    static Failure refusal(String source, String path, String what) {
        return Failure.model(source + ": " + (path.isEmpty() ? "" : path + ": ") + what, REMEDY);
    }

    static String firstLine(String message) {
        String line = String.valueOf(message).lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
