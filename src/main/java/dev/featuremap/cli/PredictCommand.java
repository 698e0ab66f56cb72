package dev.featuremap.cli;

import dev.featuremap.run.Json;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.train.Predictor;
import dev.featuremap.train.Predictor.Prediction;
import dev.featuremap.train.SavedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code featuremap predict}: what a trained run says of pictures. */
@Command(name = "predict", description = "Tell what a trained run sees in PNG or JPEG pictures.")
final class PredictCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Parameters(index = "0", paramLabel = "RUN", description = "a run directory")
    private Path run;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "PNG or JPEG files")
    private List<Path> images;

    @Option(
            names = "--invert",
            paramLabel = "auto|yes|no",
            defaultValue = "auto",
            description = {
                "whether light and dark change places, as MNIST is light ink on dark paper;",
                "auto does so when a picture's border is lighter than its middle tone (default: auto)"
            })
    private Predictor.Inversion invert;

    PredictCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Prediction> predictions = new ArrayList<>();
        try (SavedRun saved = SavedRun.open(RunDirectory.open(run))) {
            Predictor predictor = saved.predictor();
            for (Path image : images) {
                Prediction prediction = predictor.predict(image, invert);
                predictions.add(prediction);
                if (!common.json) {
                    print(prediction);
                }
            }
        }
        if (common.json) {
            terminal.print("%s", Json.write(Map.of("predictions", predictions)));
        }
        return 0;
    }

    private void print(Prediction prediction) {
        if (prediction.inverted() && !common.quiet) {
            terminal.tell(
                    "%s: dark ink on light paper, so light and dark were exchanged (--invert no keeps them)%n",
                    prediction.image());
        }
        if (prediction.probabilities() == null) {
            terminal.print("%s: %.4f%n", prediction.image(), prediction.value());
            return;
        }
        terminal.print("%s: %s%n", prediction.image(), prediction.label());
        prediction
                .probabilities()
                .forEach((name, probability) -> terminal.print(
                        "  %-12s %7.4f %s%n",
                        name, probability, "#".repeat((int) Math.round(40 * Math.max(0, Math.min(1, probability))))));
    }
}
