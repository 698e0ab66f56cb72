package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Objects;
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
    public Mistakes {
        worst = List.copyOf(worst);
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
        }
    }
}
