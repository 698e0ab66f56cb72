package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code mistakes.json}: the test examples a network got most wrong, as pictures.
 *
 * @param examples how many were looked at
 * @param wrong how many of them were put into a wrong class; null for values
 * @param worst the worst first: the wrong answers with the largest outputs, or the values furthest from their labels
 */
@JsonInclude(Include.NON_NULL)
public record Mistakes(int examples, Integer wrong, List<Mistake> worst) {
    /** How many pictures there are at most. */
    public static final int MOST = 24;
    /** The longest side of a picture, in pixels. */
    public static final int LARGEST_SIDE = 96;

    private static final int MOST_CHARACTERS = 1 << 17;
    private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;

    public Mistakes {
        worst = List.copyOf(worst);
        boolean ofClasses = wrong != null;
        int most = ofClasses ? wrong : examples;
        if (most < 0 || most > examples || worst.size() > Math.min(most, MOST)) {
            throw new IllegalArgumentException(worst.size() + " mistakes of " + most + " in " + examples + " examples");
        }
        double before = Double.POSITIVE_INFINITY;
        Set<Integer> indices = new HashSet<>();
        for (Mistake mistake : worst) {
            if (mistake.index < 0 || mistake.index >= examples || !indices.add(mistake.index)) {
                throw new IllegalArgumentException("no example, or one twice, is number " + mistake.index);
            }
            if (ofClasses != (mistake.predictedOutput != null)) {
                throw new IllegalArgumentException("outputs belong to answers that are wrong classes");
            }
            if (ofClasses && !(mistake.predictedOutput <= before)) {
                throw new IllegalArgumentException("the worst do not come first: " + mistake.predictedOutput);
            }
            before = ofClasses ? mistake.predictedOutput : before;
        }
    }

    /**
     * Refuses what no decoder should be given, by the sides in its head.
     *
     * @see <a href="https://www.w3.org/TR/png-3/#11IHDR">PNG, image header</a>
     */
    private static void requireSmallPicture(String png) {
        byte[] head = Base64.getDecoder().decode(png.substring(0, Math.min(png.length(), 32)));
        boolean isPng = head.length == 24 && ByteBuffer.wrap(head).getLong() == PNG_SIGNATURE;
        int width = isPng ? ByteBuffer.wrap(head).getInt(16) : 0;
        int height = isPng ? ByteBuffer.wrap(head).getInt(20) : 0;
        if (Math.min(width, height) < 1 || Math.max(width, height) > LARGEST_SIDE || png.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height + " and " + png.length()
                    + " characters is no PNG of at most " + LARGEST_SIDE + "x" + LARGEST_SIDE);
        }
    }

    /**
     * One example.
     *
     * @param index of the example in the test split
     * @param picture what it is called within its data: {@code class/file.png}, or its index in a file of many or among
     *     drawings; null in runs of versions that did not tell
     * @param place where it is found: its file, or the file of many and its index there after a {@code #}; null likewise
     * @param label its class or value
     * @param predicted the network's class or value
     * @param predictedOutput the network's output for the class it chose; null for values
     * @param labelOutput the network's output for the right class; null for values
     * @param png the picture as Base64
     */
    @JsonInclude(Include.NON_NULL)
    public record Mistake(
            int index,
            String picture,
            String place,
            String label,
            String predicted,
            Double predictedOutput,
            Double labelOutput,
            String png) {
        public Mistake {
            Stream.of(label, predicted, png).forEach(Objects::requireNonNull);
            if ((predictedOutput == null) != (labelOutput == null)) {
                throw new IllegalArgumentException("the outputs of two classes go together");
            }
            requireSmallPicture(png);
        }
    }
}
