package dev.featuremap.experiment;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes a record as the YAML that {@link RecordBinder} reads back: every key, two levels in blocks, the rest in lines. */
final class RecordPrinter {
    private static final int DEEPEST_BLOCK = 1;
    private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();
    /** From here on a whole number is no longer exact as a double's decimal digits. */
    private static final double LARGEST_WHOLE = 1e15;

    private RecordPrinter() {}

    static String print(Record record) {
        return emitted(node(record, 0));
    }

    /** A value in one line, as {@link ConfigParser#value} reads it. */
    static String line(ConfigNode node) {
        return node instanceof ConfigNode.Scalar scalar && scalar.kind() != ConfigNode.Kind.TEXT
                ? scalar.text()
                : emitted(written(node, DEEPEST_BLOCK + 2, FlowStyle.FLOW)).strip();
    }

    private static String emitted(Node node) {
        DumpSettings settings = DumpSettings.builder()
                .setSchema(new CoreSchema())
                .setIndent(2)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setSplitLines(false)
                .setWidth(Integer.MAX_VALUE)
                .setBestLineBreak("\n")
                .build();
        return new Present(settings)
                .emitToString(new Serialize(settings).serializeOne(node).iterator());
    }

    /** The record as maps, lists, texts, numbers and truth values, with the keys and in the order of its YAML. */
    static Object tree(Record record) {
        return new StandardConstructor(LoadSettings.builder().build())
                .constructSingleDocument(Optional.of(node(record, 0)));
    }

    private static Node node(Object value, int depth) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? node(optional.get(), depth) : plain("null");
        } else if (value instanceof List<?> list) {
            List<Node> items =
                    list.stream().map(item -> node(item, DEEPEST_BLOCK + 1)).toList();
            return new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
        } else if (value instanceof Extent extent) {
            return extent(extent);
        } else if (value instanceof Seeds seeds) {
            return new SequenceNode(
                    Tag.SEQ,
                    seeds.values().stream().map(seed -> plain(seed.toString())).toList(),
                    FlowStyle.FLOW);
        } else if (value instanceof ClassWeights weights) {
            return weights.isBalanced()
                    ? text("balanced")
                    : new SequenceNode(
                            Tag.SEQ,
                            weights.values().stream()
                                    .map(weight -> plain(number(weight)))
                                    .toList(),
                            FlowStyle.FLOW);
        } else if (value instanceof Margins margins) {
            return map(margins.values(), metric -> Schema.word(metric), margin -> plain(number(margin)));
        } else if (value instanceof Grid grid) {
            return map(grid.values(), key -> key, RecordPrinter::values);
        } else if (value instanceof ExperimentSpace space) {
            return written(space.node(), depth, FlowStyle.BLOCK);
        } else if (value instanceof Record record) {
            return record(record, depth);
        } else if (value instanceof Enum<?> constant) {
            return text(Schema.word(constant));
        } else if (value instanceof Double number) {
            return plain(number(number));
        }
        return value instanceof String string ? text(string) : plain(String.valueOf(value));
    }

    private static Node record(Record record, int depth) {
        Class<? extends Record> type = record.getClass();
        Optional<Choice> choice = Schema.sealedOf(type).flatMap(Schema::choice);
        RecordComponent[] components = type.getRecordComponents();
        if (choice.isPresent() && choice.get().bare() == type) {
            return node(value(record, components[0]), depth);
        }
        List<NodeTuple> entries = new ArrayList<>();
        choice.ifPresent(made -> entries.add(new NodeTuple(text(made.key()), text(Schema.formName(type, true)))));
        for (RecordComponent component : components) {
            entries.add(new NodeTuple(text(component.getName()), node(value(record, component), depth + 1)));
        }
        return new MappingNode(Tag.MAP, entries, depth <= DEEPEST_BLOCK ? FlowStyle.BLOCK : FlowStyle.FLOW);
    }

    private static <K, V> Node map(Map<K, V> map, Function<K, String> key, Function<V, Node> value) {
        List<NodeTuple> entries = new ArrayList<>();
        map.forEach((one, its) -> entries.add(new NodeTuple(text(key.apply(one)), value.apply(its))));
        return new MappingNode(Tag.MAP, entries, FlowStyle.BLOCK);
    }

    /** Values that each stand as {@link #line} writes them. */
    private static Node values(List<String> lines) {
        Place none = Place.root("");
        List<Node> values = lines.stream()
                .map(line -> written(ConfigParser.value(line, none).orElseThrow(), DEEPEST_BLOCK + 2, FlowStyle.FLOW))
                .toList();
        return new SequenceNode(Tag.SEQ, values, FlowStyle.FLOW);
    }

    private static Node extent(Extent extent) {
        Node height = plain(String.valueOf(extent.height()));
        return extent.height() == extent.width()
                ? height
                : new SequenceNode(Tag.SEQ, List.of(height, plain(String.valueOf(extent.width()))), FlowStyle.FLOW);
    }

    /** What was read, one level deeper in blocks than a record: it is a whole file below a key. */
    private static Node written(ConfigNode node, int depth, FlowStyle around) {
        if (node instanceof ConfigNode.Scalar scalar) {
            return scalar.kind() == ConfigNode.Kind.TEXT ? text(scalar.text()) : plain(scalar.text());
        }
        if (node instanceof ConfigNode.Sequence list) {
            boolean block = around == FlowStyle.BLOCK && depth <= DEEPEST_BLOCK + 2;
            FlowStyle style = block ? FlowStyle.BLOCK : FlowStyle.FLOW;
            List<Node> items = list.items().stream()
                    .map(item -> written(item, DEEPEST_BLOCK + 2, FlowStyle.FLOW))
                    .toList();
            return new SequenceNode(Tag.SEQ, items, style);
        }
        FlowStyle style = around == FlowStyle.BLOCK && depth <= DEEPEST_BLOCK + 1 ? FlowStyle.BLOCK : FlowStyle.FLOW;
        List<NodeTuple> entries = new ArrayList<>();
        ((ConfigNode.Mapping) node)
                .entries()
                .forEach((key, value) -> entries.add(new NodeTuple(text(key), written(value, depth + 1, style))));
        return new MappingNode(Tag.MAP, entries, style);
    }

    /** The shortest decimal that reads back as the same double; the exponent's sign is there for YAML 1.1's readers. */
    private static String number(double number) {
        boolean negativeZero = number == 0 && 1 / number < 0;
        if (number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE && !negativeZero) {
            return String.valueOf((long) number);
        }
        String text = Double.toString(number).toLowerCase(Locale.ROOT);
        return text.contains("e-") ? text : text.replace("e", "e+");
    }

    private static Node text(String text) {
        return new ScalarNode(Tag.STR, text, ScalarStyle.PLAIN);
    }

    private static Node plain(String text) {
        return new ScalarNode(RESOLVER.resolve(text, true), text, ScalarStyle.PLAIN);
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (InvocationTargetException | IllegalAccessException impossible) {
            throw new IllegalStateException("a record's own accessor failed: " + component, impossible);
        }
    }
}
