package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values to predict that are all the same: nothing varies that R² could be the share of. */
@Tag("slow")
class ConstantLabelsTest {
    private static final String NETWORK =
            "network: {layers: [{type: dense, units: 2, activation: relu}, {type: output, units: 1, activation: identity}]}";

    @TempDir
    Path folder;

    @BeforeEach
    void writeData() throws IOException {
        for (String split : new String[] {"train", "test"}) {
            byte[] pixels = new byte[20 * 16];
            new Random(1).nextBytes(pixels);
            byte[] labels = new byte[20];
            Arrays.fill(labels, (byte) 7);
            Files.write(
                    folder.resolve(split + "-images"),
                    ByteBuffer.allocate(16 + pixels.length)
                            .putInt(0x0803)
                            .putInt(20)
                            .putInt(4)
                            .putInt(4)
                            .put(pixels)
                            .array());
            Files.write(
                    folder.resolve(split + "-labels"),
                    ByteBuffer.allocate(8 + labels.length)
                            .putInt(0x0801)
                            .putInt(20)
                            .put(labels)
                            .array());
        }
    }

    @Test
    void nothingIsStoppedOrKeptByAnR2ThereIsNot() throws IOException {
        Path run = folder.resolve("run");
        Run trained = Run.of(
                "train",
                experiment().toString(),
                "training.epochs=6",
                "training.keepBest=true",
                "training.keepBestBy=r2",
                "training.earlyStopping={metric: r2, patience: 1}",
                "--run-dir",
                run.toString());

        assertThat(trained.exitCode()).isZero();
        assertThat(trained.out()).contains("done after 6 epochs", "R² none (all labels are the same)");
        JsonNode test =
                new ObjectMapper().readTree(run.resolve("result.json").toFile()).get("test");
        assertThat(test.get("r2").isNull()).isTrue();
        assertThat(test.get("r2_reason").asText()).isEqualTo("all labels are the same");
        assertThat(run.resolve("report.html")).content().contains("all labels are the same");
    }

    @Test
    void aComparisonSaysWhyItConcludesNothing() throws IOException {
        Path file = Files.writeString(
                folder.resolve("c.yaml"),
                "{name: c, base: '" + experiment() + "', seeds: 2, losses: [mse, mae], learningRates: [0.1, 0.01]}");

        Run compared = Run.of(
                "compare", file.toString(), "--run-dir", folder.resolve("c").toString());

        assertThat(compared.exitCode()).isZero();
        assertThat(compared.out())
                .contains(
                        "there is no R², as all labels are the same; rank by another metric, such as comparison.metric=mse")
                .doesNotContain("diverged", "runs have scores");
        assertThat(compared.err()).contains("mse: learning rate 0.1, the first, as none has a validation r2");
    }

    @Test
    void aSearchSaysWhyItRanksNothing() throws IOException {
        Path file = Files.writeString(
                folder.resolve("t.yaml"),
                "name: t\ncandidates: 2\nexperiment:\n" + text().indent(2).replace("units: 2", "units: {int: [2, 8]}"));

        Run tuned =
                Run.of("tune", file.toString(), "--run-dir", folder.resolve("t").toString());

        assertThat(tuned.exitCode()).isEqualTo(2);
        assertThat(tuned.err())
                .contains("it has no r2 to be ranked by: of the validation examples all labels are the same")
                .contains("rank by another metric, such as tune.metric=mse")
                .doesNotContain("diverged");
        assertThat(Run.of(
                                "tune",
                                file.toString(),
                                "tune.metric=mse",
                                "--run-dir",
                                folder.resolve("m").toString())
                        .exitCode())
                .isZero();
    }

    private Path experiment() throws IOException {
        return Files.writeString(folder.resolve("e.yaml"), text());
    }

    private String text() {
        return """
                name: constant
                data: {source: idx, trainImages: DIR/train-images, trainLabels: DIR/train-labels,
                       testImages: DIR/test-images, testLabels: DIR/test-labels, label: value}
                NETWORK
                training: {epochs: 2, batchSize: 8, updater: {type: adam, learningRate: 0.01}}
                """.replace("DIR", folder.toString().replace('\\', '/')).replace("NETWORK", NETWORK);
    }
}
