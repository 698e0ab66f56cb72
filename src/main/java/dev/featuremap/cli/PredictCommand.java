package dev.featuremap.cli;

import dev.featuremap.train.Predictor;
import dev.featuremap.train.Predictor.Prediction;
import dev.featuremap.train.PreparedPicture;
import dev.featuremap.train.SavedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code featuremap predict}: what a trained run says of pictures. */
@Command(name = "predict", description = "Tell what a trained run sees in pictures.")
final class PredictCommand implements Runnable {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Mixin
    private PictureArguments arguments;

    PredictCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        List<Prediction> predictions = new ArrayList<>();
        try (SavedRun saved = arguments.open()) {
            Predictor predictor = saved.predictor();
            List<Supplier<PreparedPicture>> pictures = arguments.read(saved, terminal);
            for (int first = 0; first < pictures.size(); first += Predictor.BATCH_SIZE) {
                int end = Math.min(pictures.size(), first + Predictor.BATCH_SIZE);
                List<Prediction> answers = predictor.predict(
                        pictures.subList(first, end).stream().map(Supplier::get).toList());
                if (common.json) {
                    predictions.addAll(answers);
                } else {
                    answers.forEach(this::print);
                }
            }
        }
        if (common.json) {
            terminal.json(Map.of("predictions", predictions));
        }
    }

    private void print(Prediction prediction) {
        PreparedPicture.Done picture = prediction.picture();
        String label = picture.trueLabel() == null ? "" : "  (its label: " + picture.trueLabel() + ")";
        if (prediction.probabilities() == null) {
            terminal.print("%s: %.4f%s%n", picture.image(), prediction.value(), label);
            return;
        }
        terminal.print("%s: %s%s%n", picture.image(), prediction.label(), label);
        prediction
                .probabilities()
                .forEach((name, probability) -> terminal.print(
                        "  %-12s %7.4f %s%n",
                        name, probability, "#".repeat((int) Math.round(40 * Math.max(0, Math.min(1, probability))))));
    }
}
