package dev.featuremap.cli;

import dev.featuremap.lecture.explain.Explainer;
import dev.featuremap.lecture.explain.Explanation;
import dev.featuremap.lecture.explain.ExplanationPage;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.train.Predictor;
import dev.featuremap.train.SavedRun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code featuremap explain}: one picture on its way through a trained network. */
@Command(
        name = "explain",
        description = "Show what each layer of a trained run makes of a picture, and what speaks for the answer.")
final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private LectureOptions options;

    @Parameters(index = "0", paramLabel = "RUN", description = "a run directory")
    private Path run;

    @Parameters(index = "1", paramLabel = "IMAGE", description = "a PNG or JPEG file")
    private Path image;

    @Option(
            names = "--invert",
            paramLabel = "auto|yes|no",
            defaultValue = "auto",
            description = "whether light and dark change places, as for predict (default: auto)")
    private Predictor.Inversion invert;

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Explanation explanation;
        try (SavedRun saved = SavedRun.open(RunDirectory.open(run))) {
            explanation = new Explainer(saved).explain(image, invert);
        }
        options.show(
                terminal,
                explanation,
                language -> ExplanationPage.of(explanation, language),
                language -> ExplanationPage.summary(explanation, language));
        return 0;
    }
}
