package dev.featuremap.lecture.explain;

import dev.featuremap.page.Language;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An explanation in one sentence, as pages to play with say it too: {@code 7, 98.0 %. Next: 2. Without filter 12 of layer 0 it would say 2.} */
final class Sentence {
    private Sentence() {}

    static String of(Explanation explanation, Language language) {
        Map<String, Double> outputs = explanation.outputs();
        String share = number(outputs, outputs.getOrDefault(explanation.answer(), 0.0));
        if (outputs.size() < 2) {
            String value = number(outputs, outputs.values().iterator().next());
            return language.fill("The value is %s.", "数值为 %s。", value);
        }
        String next = outputs.entrySet().stream()
                .filter(output -> !output.getKey().equals(explanation.answer()))
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        return language.fill("%s, %s. Next: %s.", "%s，%s。其次：%s。", explanation.answer(), share, next)
                + without(explanation, List.copyOf(outputs.keySet()), language);
    }

    /** An output: a share where all are from 0 to 1, else as it is. */
    static String number(Map<String, Double> outputs, double value) {
        return areShares(outputs)
                ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
                : String.format(Locale.ROOT, "%.4f", value);
    }

    static boolean areShares(Map<String, Double> outputs) {
        return outputs.size() > 1 && outputs.values().stream().allMatch(output -> output >= 0 && output <= 1);
    }

    /** The filter of the first layer that has any without which the answer would be another. */
    private static String without(Explanation explanation, List<String> classes, Language language) {
        if (explanation.maps().isEmpty()) {
            return "";
        }
        Optional<MapImportance> deciding = explanation.maps().stream()
                .filter(map -> !classes.get(map.says()).equals(explanation.answer()))
                .min(Comparator.comparingInt(MapImportance::layer)
                        .thenComparing(
                                Comparator.comparingDouble(MapImportance::fall).reversed()));
        return deciding.map(map -> language.fill(
                        " Without filter %d of layer %d it would say %s.",
                        "如果没有第 %2$d 层的卷积核 %1$d，答案会是 %3$s。", map.map(), map.layer(), classes.get(map.says())))
                .orElseGet(() -> language.say(
                        " No single filter decides this: without any one of them it would say the same.",
                        "没有哪一个卷积核单独起决定作用：去掉任何一个，答案都不变。"));
    }
}
