package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Scaling;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * {@code input.json}: how a picture is made into what {@code model.zip} takes, and what its outputs mean; for programs that
 * know DL4J alone. docs/model-input.md tells what each part is.
 *
 * @param shape {@code [channels, height, width]} of one picture, rows from the top, columns from the left
 * @param greyWeights of red, green and blue, where a colour picture becomes grey
 * @param resize how a picture of another size is made to fit
 * @param invert whether the training pictures' files had light and dark exchanged
 * @param ground what the training pictures' ink stood on; null where it was not measured and light ink is assumed
 * @param scaling what a pixel's level becomes
 * @param classes the class names in the order of the outputs; empty where the one output is a value
 */
@JsonInclude(Include.NON_NULL)
public record ModelInput(
        List<Integer> shape,
        List<Double> greyWeights,
        String resize,
        boolean invert,
        Ground ground,
        Scale scaling,
        List<String> classes) {
    private static final String LEVELS = "value = level / divisor + offset, for a level from 0 (black) to 255 (white)";

    public ModelInput {
        Stream.of(resize, scaling).forEach(Objects::requireNonNull);
        shape = List.copyOf(shape);
        greyWeights = List.copyOf(greyWeights);
        classes = List.copyOf(classes);
        if (shape.size() != 3) {
            throw new IllegalArgumentException("the shape " + shape + " is not [channels, height, width]");
        }
        double sum = greyWeights.stream().mapToDouble(weight -> weight).sum();
        if (greyWeights.size() != 3
                || Math.abs(sum - 1) > 1e-9
                || greyWeights.stream().anyMatch(w -> w < 0)) {
            throw new IllegalArgumentException("the grey weights " + greyWeights + " are not three that add up to 1");
        }
    }

    /** Shape and class names as the rest of a run tells them. */
    public DataShape data() {
        return new DataShape(shape.get(0), shape.get(1), shape.get(2), classes);
    }

    /** The kind of ground that ink stands on. */
    public enum Tone {
        /** Ink on light paper. */
        @JsonProperty("light")
        LIGHT,
        /** Ink on dark paper, as MNIST's. */
        @JsonProperty("dark")
        DARK,
        /** Some so, some so, as photographs are. */
        @JsonProperty("mixed")
        MIXED
    }

    /**
     * What was measured over training pictures.
     *
     * @param tone light or dark where nearly all are so, else mixed
     * @param pictures how many were looked at
     * @param onLight share of them whose border is nearer to their lightest pixel than to their darkest
     * @param onDark share of them whose border is nearer to their darkest pixel
     * @param borderMean mean level 0..255 of the outermost pixels
     * @param insideMean mean level of all others
     */
    public record Ground(Tone tone, int pictures, double onLight, double onDark, double borderMean, double insideMean) {
        public Ground {
            Objects.requireNonNull(tone);
            boolean shares = onLight >= 0 && onDark >= 0 && onLight + onDark <= 1 + 1e-9;
            boolean levels = isLevel(borderMean) && isLevel(insideMean);
            boolean agrees = switch (tone) {
                case LIGHT -> onLight > onDark;
                case DARK -> onDark > onLight;
                case MIXED -> onLight < 1 && onDark < 1;
            };
            if (pictures < 0 || !shares || !levels || !agrees) {
                throw new IllegalArgumentException(tone + " ground: of " + pictures + " pictures " + onLight
                        + " on light and " + onDark + " on dark, levels " + borderMean + " and " + insideMean);
            }
        }

        private static boolean isLevel(double mean) {
            return mean >= 0 && mean <= 255;
        }
    }

    /** A scaling with its arithmetic. */
    public record Scale(String name, double divisor, double offset, String formula) {
        public Scale {
            Objects.requireNonNull(name);
            Scaling known = known(name);
            if (divisor != known.divisor() || offset != known.offset()) {
                throw new IllegalArgumentException("the scaling " + name + " has the divisor " + known.divisor()
                        + " and the offset " + known.offset() + ", not " + divisor + " and " + offset);
            }
        }

        public Scale(Scaling scaling) {
            this(scaling.name().toLowerCase(Locale.ROOT), scaling.divisor(), scaling.offset(), LEVELS);
        }

        /** The experiment's word for it. */
        public Scaling known() {
            return known(name);
        }

        private static Scaling known(String name) {
            return Scaling.valueOf(name.toUpperCase(Locale.ROOT));
        }
    }
}
