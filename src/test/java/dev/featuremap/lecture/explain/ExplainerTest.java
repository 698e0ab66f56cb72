package dev.featuremap.lecture.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.lecture.NdGrids;
import dev.featuremap.page.Grid;
import dev.featuremap.page.HtmlForm;
import dev.featuremap.page.Language;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ExperimentRun;
import dev.featuremap.train.PicturePreparation.Inversion;
import dev.featuremap.train.Predictor;
import dev.featuremap.train.PreparedPicture;
import dev.featuremap.train.SavedRun;
import dev.featuremap.train.TrainingWatcher;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ExplainerTest {
    private static final String EXPERIMENT = """
            name: explained
            seed: 7
            data:
              source: xo
              size: 9
              trainExamples: 300
              testExamples: 50
              deform: {shift: 1, rotation: 15, noise: 0.2}
            network:
              layers:
                - {type: convolution, filters: 5, kernel: 3, activation: tanh}
                - {type: batchNormalization}
                - {type: subsampling, pooling: avg, size: 2}
                - {type: dropout, rate: 0.2}
                - {type: dense, units: 20, activation: sigmoid}
                - {type: output, units: 2}
            training: {epochs: 2, batchSize: 32, updater: {type: adam, learningRate: 0.01}}
            """;

    @TempDir
    private static Path folder;

    private static SavedRun run;
    private static Path image;
    private static Explanation explanation;

    @BeforeAll
    static void trainAndExplain() throws IOException {
        Workspace workspace = new Workspace(folder);
        DataFolder none = DataFolder.withoutFetching(workspace.data());
        RunDirectory directory = RunDirectory.create(folder.resolve("run"));
        new ExperimentRun(workspace, none)
                .run(ExperimentFile.parse(EXPERIMENT, "explained", List.of()), directory, TrainingWatcher.NONE);
        run = SavedRun.open(directory);
        image = folder.resolve("an <X>.png");
        ImageIO.write(darkX(), "png", image.toFile());
        explanation = new Explainer(run).explain(prepared(image));
    }

    @AfterAll
    static void close() {
        run.close();
    }

    @Test
    void showsAsManyMapsAsTheLayerHasFilters() {
        LayerView convolution = explanation.layers().get(0);
        assertThat(convolution.shape()).isEqualTo("5x7x7");
        assertThat(convolution.filters()).hasSize(5);
        assertThat(convolution.before()).hasSize(5);
        assertThat(convolution.after()).hasSize(5);
    }

    @Test
    void valuesAreThoseOfFeedForward() {
        List<INDArray> activations = run.network().feedForward(features(), false);
        assertThat(explanation.layers()).hasSize(activations.size() - 1);
        for (LayerView layer : explanation.layers()) {
            double[] shown = layer.after().stream()
                    .flatMapToDouble(grid -> Arrays.stream(grid.toArray()))
                    .toArray();
            double[] expected =
                    activations.get(layer.index() + 1).dup('c').ravel().toDoubleVector();
            assertThat(shown).containsExactly(expected, within(1e-6));
        }
    }

    @Test
    void theActivationFunctionLiesBetweenBeforeAndAfter() {
        LayerView convolution = explanation.layers().get(0);
        for (int map = 0; map < 5; map++) {
            assertThat(convolution.after().get(map).toArray())
                    .containsExactly(
                            convolution.before().get(map).map(Math::tanh).toArray(), within(1e-5));
        }
        LayerView dense = explanation.layers().get(4);
        assertThat(dense.after().get(0).toArray())
                .containsExactly(
                        dense.before().get(0).map(z -> 1 / (1 + Math.exp(-z))).toArray(), within(1e-5));
        assertThat(explanation.layers().get(2).before()).isEmpty();
    }

    /** Against the rise of the score itself, which needs no backward pass through the layers. */
    @Test
    void saliencyIsTheSlopeOfTheScore() {
        double step = 0.02;
        for (int pixel = 0; pixel < 81; pixel++) {
            double slope = (score(moved(pixel, step)) - score(moved(pixel, -step))) / (2 * step);
            assertThat(explanation.saliency().at(pixel / 9, pixel % 9)).isCloseTo(slope, within(2e-3));
        }
    }

    @Test
    void occlusionIsTheFallOfTheScoreUnderAPatch() {
        assertThat(explanation.patch()).isEqualTo(1);
        INDArray covered = features();
        covered.putScalar(new int[] {0, 0, 4, 4}, -1);
        assertThat(explanation.occlusion().at(4, 4)).isCloseTo(score(features()) - score(covered), within(1e-4));
        assertThat(explanation.occlusion().at(0, 0)).isCloseTo(0, within(1e-5));
    }

    /** Against the network itself with the filter's weights and bias, and so its map before normalisation, made 0. */
    @Test
    void aMapMattersByTheFallOfTheScoreWithoutIt() {
        assertThat(explanation.maps()).extracting(MapImportance::map).containsExactly(0, 1, 2, 3, 4);
        double whole = score(features());
        INDArray weights = run.network().getParam("0_W");
        INDArray bias = run.network().getParam("0_b");
        for (MapImportance importance : explanation.maps()) {
            INDArray ownWeights = weights.slice(importance.map()).dup();
            double ownBias = bias.getDouble(importance.map());
            weights.slice(importance.map()).assign(0);
            bias.putScalar(importance.map(), 0);
            double without = score(features());
            weights.slice(importance.map()).assign(ownWeights);
            bias.putScalar(importance.map(), ownBias);
            assertThat(importance.layer()).isZero();
            assertThat(importance.fall()).isCloseTo(whole - without, within(1e-4));
            String says = run.shape().classNames().get(importance.says());
            assertThat(says.equals(explanation.answer())).isEqualTo(without > 0);
        }
    }

    @Test
    void saysTheAnswerTheNextAndWithoutWhichFilterItWouldBeAnother() {
        MapImportance weak = new MapImportance(0, 3, 1, 0);
        MapImportance strong = new MapImportance(0, 4, 2, 0);
        MapImportance later = new MapImportance(2, 5, 9, 0);
        MapImportance harmless = new MapImportance(0, 1, 3, 1);
        assertThat(Sentence.of(answering(List.of(weak, harmless, strong, later)), Language.EN))
                .isEqualTo("O, 75.0 %. Next: X. Without filter 4 of layer 0 it would say X.");
        assertThat(Sentence.of(answering(List.of(harmless)), Language.ZH))
                .isEqualTo("O，75.0 %。其次：X。没有哪一个卷积核单独起决定作用：去掉任何一个，答案都不变。");
        assertThat(Sentence.of(answering(List.of()), Language.EN)).isEqualTo("O, 75.0 %. Next: X.");
    }

    @Test
    void pageListsNoMapWithoutWhichTheScoreDoesNotFall() {
        MapImportance much = new MapImportance(0, 3, 2, 0);
        MapImportance little = new MapImportance(0, 2, 0.006, 1);
        MapImportance none = new MapImportance(0, 1, 0.004, 1);
        MapImportance against = new MapImportance(0, 4, -1, 1);
        assertThat(HtmlForm.of(ExplanationPage.of(answering(List.of(none, little, against, much)), Language.EN)))
                .containsSubsequence("filter 3 of layer 0: 2.00", "filter 2 of layer 0: 0.01")
                .doesNotContain("filter 1 of layer 0: ", "filter 4 of layer 0: ");
        assertThat(HtmlForm.of(ExplanationPage.of(answering(List.of(none, against)), Language.EN)))
                .contains("None: whichever map is made 0, the score does not fall.");
    }

    private static Explanation answering(List<MapImportance> maps) {
        Map<String, Double> outputs = new LinkedHashMap<>();
        outputs.put("X", 0.25);
        outputs.put("O", 0.75);
        return new Explanation(
                "run",
                explanation.source(),
                explanation.picture(),
                -1,
                1,
                "O",
                outputs,
                explanation.layers(),
                explanation.occlusion(),
                1,
                maps,
                explanation.saliency());
    }

    @Test
    void pageBeginsWithTheSentenceAndBarsAndFoldsTheLayers() {
        String html = HtmlForm.of(ExplanationPage.of(explanation, Language.EN));
        assertThat(html)
                .containsSubsequence(
                        "<p>" + explanation.answer() + ", ",
                        "<ul class=\"bars\">",
                        "<li class=\"best\"><span>" + explanation.answer())
                .containsSubsequence(
                        "occlusion over the picture",
                        "The maps that matter most",
                        "<details class=\"print\"><summary>layers[0]: convolution → 5x7x7</summary>");
        assertThat(html.split("<details ", -1)).hasSize(1 + 6);
    }

    @Test
    void answersAsPredictDoes() {
        assertThat(explanation.answer())
                .isEqualTo(
                        run.predictor().predict(List.of(prepared(image))).get(0).label());
        assertThat(explanation.outputs()).containsOnlyKeys("X", "O");
        assertThat(explanation.source().inverted()).isTrue();
        assertThat(explanation.picture()).containsExactlyElementsOf(NdGrids.maps(features(), 0));
    }

    @Test
    void leavesTheRunsNetworkAsItWas() {
        INDArray before = run.network().params().dup();
        new Explainer(run).explain(prepared(image));
        assertThat(run.network().params()).isEqualTo(before);
        assertThat(run.network().getLayer(3).conf().getLayer().getIDropout()).isNotNull();
    }

    @Test
    void pageShowsEachMapAndFilterAndEscapesTheFilesName() {
        String html = HtmlForm.of(ExplanationPage.of(explanation, Language.EN));
        int mattering = (int)
                explanation.maps().stream().filter(map -> map.fall() >= 0.005).count();
        // The picture, three of evidence, the maps that matter, 5 filters, 5 maps before and after, 5 normalised, 5
        // pooled,
        // which dropout leaves as they are, 20 units twice.
        assertThat(html.split("<img ", -1)).hasSize(1 + 1 + 3 + mattering + 5 + 5 + 5 + 5 + 5 + 2);
        assertThat(html).contains("an &lt;X&gt;.png").doesNotContain("<X>", "https://");
    }

    @Test
    void pageNamesTheRunAndTheClassesAndSaysWhatDropoutLeavesUnchanged() {
        String html = HtmlForm.of(ExplanationPage.of(explanation, Language.EN));
        assertThat(explanation.run()).isEqualTo("run");
        assertThat(html)
                .contains("The run run was asked about an &lt;X&gt;.png (light and dark exchanged).", "<td>X</td>")
                .containsSubsequence("layers[3]: dropout", "<p>Unchanged when evaluating.</p>", "layers[4]: dense")
                .containsSubsequence("layers[5]: output", "<th>class</th>", ">score</th>", ">output</th>")
                .doesNotContain(folder.toString());
    }

    private static PreparedPicture prepared(Path file) {
        return run.preparation().prepare(file, Inversion.AUTO);
    }

    private static INDArray features() {
        return Predictor.features(List.of(prepared(image)), run.shape());
    }

    private static INDArray moved(int pixel, double step) {
        INDArray moved = features();
        moved.putScalar(pixel, moved.getDouble(pixel) + step);
        return moved;
    }

    /** The answer's output before softmax less the other's, which is the logarithm of their ratio after it. */
    private static double score(INDArray features) {
        MultiLayerNetwork network = run.network();
        List<INDArray> activations = network.feedForward(features, false);
        INDArray units = activations.get(5);
        INDArray weights = network.getParam("5_W");
        INDArray bias = network.getParam("5_b");
        int answer = run.shape().classNames().indexOf(explanation.answer());
        INDArray logits = Nd4j.matmul(units, weights).addRowVector(bias);
        return logits.getDouble(0, answer) - logits.getDouble(0, 1 - answer);
    }

    private static BufferedImage darkX() {
        BufferedImage picture = new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY);
        Grid ink = Grid.of(9, 9, (row, column) -> row > 0 && row < 8 && (row == column || row == 8 - column) ? 1 : 0);
        for (int i = 0; i < 81; i++) {
            picture.getRaster().setSample(i % 9, i / 9, 0, ink.at(i / 9, i % 9) > 0 ? 0 : 255);
        }
        return picture;
    }
}
