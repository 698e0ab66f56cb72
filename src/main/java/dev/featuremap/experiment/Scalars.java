package dev.featuremap.experiment;

import dev.featuremap.UserPath;
import dev.featuremap.experiment.TrainingSpec.Metric;
import java.nio.file.InvalidPathException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Values that have no keys of their own, read from their own YAML notation and from no other. */
final class Scalars {
    private Scalars() {}

    static Extent extent(ConfigNode node) {
        String allowed = Schema.kind(Extent.class, "");
        if (node instanceof ConfigNode.Scalar word && word.kind() == ConfigNode.Kind.TEXT) {
            // Others pad by a word: padding: same.
            String meant = Synonyms.of(List.of("mode"), node.place().step().replace(".", "") + word.text())
                    .map(Shown::didYouMean)
                    .orElse("");
            throw Refusal.value(node.place(), Shown.node(node), allowed + meant);
        }
        try {
            if (node instanceof ConfigNode.Sequence pair && pair.items().size() == 2) {
                return new Extent(side(pair.items().get(0)), side(pair.items().get(1)));
            }
            return Extent.square((int) value(int.class, node, allowed));
        } catch (IllegalArgumentException outOfRange) {
            throw Refusal.value(node.place(), Shown.node(node), allowed + ", each in [0, 100000]");
        }
    }

    static Seeds seeds(ConfigNode node) {
        try {
            if (node instanceof ConfigNode.Sequence list) {
                return new Seeds(list.items().stream()
                        .map(item -> (Long) value(Long.class, item, "a whole number"))
                        .toList());
            }
            return Seeds.upTo((int) value(int.class, node, Seeds.ALLOWED));
        } catch (IllegalArgumentException notAllowed) {
            throw Refusal.value(node.place(), Shown.node(node), Seeds.ALLOWED);
        }
    }

    static ClassWeights classWeights(ConfigNode node) {
        if (node instanceof ConfigNode.Scalar word && word.text().equals("balanced")) {
            return ClassWeights.BALANCED;
        }
        try {
            if (node instanceof ConfigNode.Sequence list && !list.items().isEmpty()) {
                return new ClassWeights(list.items().stream()
                        .map(item -> (Double) value(Double.class, item, "a number"))
                        .toList());
            }
            throw Refusal.value(node.place(), Shown.node(node), ClassWeights.ALLOWED);
        } catch (IllegalArgumentException notAllowed) {
            throw Refusal.value(node.place(), Shown.node(node), ClassWeights.ALLOWED);
        }
    }

    /** A map from metrics to margins; a bare number is accuracy's. */
    static Margins margins(ConfigNode node) {
        Map<Metric, Double> margins = new EnumMap<>(Metric.class);
        if (node instanceof ConfigNode.Mapping map) {
            map.entries().forEach((word, margin) -> {
                ConfigNode key = new ConfigNode.Scalar(margin.place(), word, ConfigNode.Kind.TEXT);
                margins.put(
                        (Metric) constant(Metric.class, key), (Double) value(Double.class, margin, "a number above 0"));
            });
        } else {
            margins.put(Metric.ACCURACY, (Double) value(Double.class, node, Margins.ALLOWED));
        }
        try {
            return new Margins(margins);
        } catch (IllegalArgumentException notAllowed) {
            throw Refusal.value(node.place(), Shown.node(node), Margins.ALLOWED);
        }
    }

    private static int side(ConfigNode node) {
        return (int) value(int.class, node, "a whole number in [0, 100000]");
    }

    static Object constant(Class<?> enumType, ConfigNode node) {
        for (Object constant : enumType.getEnumConstants()) {
            if (node instanceof ConfigNode.Scalar scalar
                    && Schema.word((Enum<?>) constant).equals(scalar.text())) {
                return constant;
            }
        }
        throw Refusal.word(node.place(), node, Schema.words(enumType));
    }

    /**
     * A number, truth value or text, in its own YAML notation: no quoted numbers, no 3.0 for a whole number. In a file, text
     * that reads as a number is in quotes; on the command line, whose quotes the shell takes, it need not.
     */
    static Object value(Class<?> kind, ConfigNode node, String allowed) {
        if (node instanceof ConfigNode.Scalar scalar) {
            ConfigNode.Kind found = scalar.kind();
            boolean whole = found == ConfigNode.Kind.INTEGER;
            try {
                if (whole && (kind == int.class || kind == Integer.class)) {
                    return Integer.parseInt(scalar.text());
                } else if (whole && (kind == long.class || kind == Long.class)) {
                    return Long.parseLong(scalar.text());
                } else if ((kind == double.class || kind == Double.class)
                        && (whole || found == ConfigNode.Kind.FLOAT)) {
                    return finite(Double.parseDouble(scalar.text()));
                } else if (kind == boolean.class && found == ConfigNode.Kind.BOOLEAN) {
                    return Boolean.parseBoolean(scalar.text());
                } else if (kind == String.class
                        && (found == ConfigNode.Kind.TEXT
                                || (found != ConfigNode.Kind.NULL
                                        && !node.place().isLined()))) {
                    return scalar.text();
                }
            } catch (NumberFormatException unrepresentable) {
                throw Refusal.value(node.place(), Shown.node(node), allowed);
            }
        }
        String quoted = kind == String.class ? ", in quotes where YAML would read something else" : "";
        throw Refusal.value(node.place(), Shown.node(node), allowed + quoted);
    }

    /** A path's text made absolute; what is no text is left for {@link #value} to refuse. */
    static ConfigNode absolute(ConfigNode node) {
        if (!(node instanceof ConfigNode.Scalar path)
                || path.isNull()
                || path.text().isEmpty()) {
            return node;
        }
        boolean isText = path.kind() == ConfigNode.Kind.TEXT || !node.place().isLined();
        try {
            return isText
                    ? new ConfigNode.Scalar(path.place(), UserPath.absolute(path.text()), ConfigNode.Kind.TEXT)
                    : node;
        } catch (InvalidPathException impossible) {
            throw Refusal.value(node.place(), Shown.node(node), "a path this machine can have");
        }
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new NumberFormatException("not finite");
        }
        return number;
    }
}
