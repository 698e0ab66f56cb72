package dev.featuremap.cli;

import dev.featuremap.lecture.explain.Explainer;
import dev.featuremap.lecture.explain.Explanation;
import dev.featuremap.lecture.explain.ExplanationPage;
import dev.featuremap.train.PreparedPicture;
import dev.featuremap.train.SavedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code featuremap explain}: pictures on their way through a trained network. */
@Command(
        name = "explain",
        description = "Show what each layer of a trained run makes of a picture, and what speaks for the answer.")
final class ExplainCommand implements Runnable {
    private final Terminal terminal;

    @Mixin
    private LectureOptions options;

    @Mixin
    private PictureArguments arguments;

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        List<Explanation> explanations = new ArrayList<>();
        try (SavedRun saved = arguments.open()) {
            List<Supplier<PreparedPicture>> pictures = arguments.read(saved, terminal);
            Explainer explainer = new Explainer(saved);
            for (int i = 0; i < pictures.size(); i++) {
                Explanation explanation = explainer.explain(pictures.get(i).get());
                if (options.html != null) {
                    Path file = pictures.size() == 1 ? options.html : numbered(options.html, i + 1);
                    options.write(terminal, file, language -> ExplanationPage.of(explanation, language));
                } else if (!options.common.json) {
                    options.print(terminal, language -> ExplanationPage.summary(explanation, language));
                }
                if (options.common.json) {
                    explanations.add(explanation);
                }
            }
        }
        if (options.common.json) {
            terminal.json(explanations.size() == 1 ? explanations.get(0) : Map.of("explanations", explanations));
        }
    }

    /** {@code why.html} as {@code why-1.html}. */
    private static Path numbered(Path file, int number) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.');
        return file.resolveSibling(name.substring(0, dot) + "-" + number + name.substring(dot));
    }
}
