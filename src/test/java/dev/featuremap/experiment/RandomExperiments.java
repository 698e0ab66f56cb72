package dev.featuremap.experiment;

import dev.featuremap.UserPath;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Experiments with every component drawn at random from what its type and range allow. */
final class RandomExperiments {
    /** Text that YAML would read as something else, or that needs escapes. */
    private static final List<String> TEXTS = List.of(
            "data/mnist",
            "42",
            "1e5",
            "null",
            "true",
            "~",
            "",
            " a ",
            "a: b",
            "a # b",
            "- a",
            "{",
            "'",
            "\"",
            "&a",
            "!b",
            "数据/图",
            "a\nb\n",
            "\t",
            "\u0007\u001b",
            "\u2028",
            "\uFEFFx",
            "C:\\data\\x",
            "😀",
            "=",
            "<<",
            "x".repeat(200));

    private final Random random;

    RandomExperiments(long seed) {
        random = new Random(seed);
    }

    Experiment next() {
        return Stream.generate(() -> attempt(Experiment.class))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    /** Empty when the parts that were drawn do not fit each other. */
    private <T> Optional<T> attempt(Class<T> type) {
        try {
            return Optional.of(type.cast(value(type, null)));
        } catch (InvalidKey parts) {
            return Optional.empty();
        }
    }

    private Object record(Class<?> type) {
        if (type == NetworkSpec.Layers.class) {
            return layers();
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> value(component.getGenericType(), component))
                .toArray();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException refused) {
            throw (InvalidKey) refused.getCause();
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("a record without its constructor", impossible);
        }
    }

    private NetworkSpec.Layers layers() {
        List<LayerSpec> layers = new ArrayList<>();
        while (random.nextInt(4) > 0) {
            attempt(LayerSpec.class)
                    .filter(layer -> !(layer instanceof LayerSpec.Output))
                    .ifPresent(layers::add);
        }
        boolean one = random.nextBoolean();
        layers.add(new LayerSpec.Output(one ? 1 : 10, one ? Activation.IDENTITY : Activation.SOFTMAX));
        return new NetworkSpec.Layers(
                layers, WeightInit.XAVIER, number(-1000, 1000), number(0, 1000), 0, number(0, 1000));
    }

    private Object value(Type type, RecordComponent component) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            if (generic.getActualTypeArguments()[0] == String.class) {
                return random.nextBoolean() ? List.of() : List.of(pick(TEXTS) + " 1", pick(TEXTS) + " 2");
            }
            return Stream.generate(() -> number(-1e9, 1e9))
                    .limit(random.nextInt(4))
                    .toList();
        } else if (type instanceof ParameterizedType generic) {
            return random.nextBoolean()
                    ? Optional.empty()
                    : Optional.of(value(generic.getActualTypeArguments()[0], component));
        }
        Class<?> kind = (Class<?>) type;
        if (kind.isSealed()) {
            return record(pick(List.of(kind.getPermittedSubclasses())));
        } else if (kind == Extent.class) {
            return new Extent(random.nextInt(3), random.nextInt(3));
        } else if (kind == ClassWeights.class) {
            return pick(List.of(ClassWeights.BALANCED, new ClassWeights(List.of(0.25, 1e6))));
        } else if (kind.isRecord()) {
            return record(kind);
        } else if (kind.isEnum()) {
            return pick(Arrays.asList(kind.getEnumConstants()));
        } else if (kind == boolean.class) {
            return random.nextBoolean();
        } else if (kind == String.class) {
            String text = component.getName().equals("name") ? "run-" + random.nextInt(9) : pick(TEXTS);
            // What is read has absolute paths.
            return component.getAnnotation(Key.class).isPath() ? UserPath.absolute(text) : text;
        }
        return number(kind, Range.of(component.getAnnotation(Key.class).range()));
    }

    private Object number(Class<?> kind, Range range) {
        double high = Math.min(range.high(), 1e300);
        if (kind == double.class || kind == Double.class) {
            double number = number(range.low(), high);
            return range.contains(number) ? number : (range.low() + high) / 2;
        }
        long whole = random.nextInt(4) == 0
                ? (long) range.low()
                : (long) (range.low() + random.nextDouble() * (high - range.low()));
        if (kind == long.class) {
            return whole;
        }
        return (int) whole;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Ends, round numbers, tiny numbers and any numbers, so that every notation of a double is printed. */
    private double number(double low, double high) {
        return switch (random.nextInt(6)) {
            case 0 -> low;
            case 1 -> high;
            case 2 -> low <= 0 ? -0.0 : low;
            case 3 -> low + (high - low) * Math.pow(10, -random.nextInt(300));
            case 4 -> Math.rint(low + random.nextDouble() * (high - low));
            default -> low + random.nextDouble() * (high - low);
        };
    }
}
