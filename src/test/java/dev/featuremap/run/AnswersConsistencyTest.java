package dev.featuremap.run;

import static dev.featuremap.run.EndedRun.change;
import static dev.featuremap.run.EndedRun.contradiction;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run's model answered, which is something else than its scores tell. */
class AnswersConsistencyTest {
    private static final String PREDICTIONS = "predictions.csv";
    private static final String MISTAKES = "mistakes.json";

    @TempDir
    Path folder;

    private RunDirectory run;
    private RunDirectory values;

    @BeforeEach
    void runs() throws IOException {
        run = EndedRun.ofClasses(folder.resolve("run"));
        values = EndedRun.ofValues(folder.resolve("values"));
    }

    @Test
    void answersAreToTheExamplesThatWereScored() throws IOException {
        assertThat(contradiction(run, PREDICTIONS, "O", "Y"))
                .isEqualTo("predictions.csv and result.json contradict each other: classes [X, Y] against [X, O]");
        assertThat(contradiction(run, PREDICTIONS, "3,O,O,0.125,0.875\n", "")).endsWith("examples 3 against 4");
        assertThat(contradiction(values, PREDICTIONS, "3,5.0,4.0\n", "")).endsWith("examples 3 against 4");
    }

    @Test
    void answersAreOfClassesWhereTheScoresAre() throws IOException {
        run.writeResult(run.result().withTest(new Scores(4, 0.5, 0.75, 0.20015625, 0.38125, null, null, null)));
        assertThat(contradiction(run)).endsWith("classes [X, O] against []");
        run.writePredictions(new Predictions(List.of(), List.of(), new float[4], new float[4][1]));
        assertThat(contradiction(run)).endsWith("classes [] against [X, O]");
    }

    @Test
    void answersAreCountedInTheConfusionMatrix() throws IOException {
        assertThat(contradiction(run, PREDICTIONS, "1,X,O", "1,O,O")).endsWith("examples of class X 1 against 2");
        assertThat(contradiction(run, PREDICTIONS, "2,O,O,0.4,0.6", "2,O,X,0.6,0.4"))
                .endsWith("examples of class O taken for X 1.0 against 0.0");
    }

    @Test
    void outputsThatAreEqualOnceRoundedMayHaveBeenEitherAnswer() throws IOException {
        assertThat(contradiction(run, PREDICTIONS, "2,O,O,0.4,0.6", "2,O,X,0.5,0.5"))
                .contains("contradict each other: mse ");
        assertThat(contradiction(run, PREDICTIONS, "2,O,O,0.4,0.6", "2,O,X,0.500002,0.499998"))
                .endsWith("examples of class O taken for X 1.0 against 0.0");
    }

    @Test
    void outputsOfASoftmaxAreSharesOfOne() throws IOException {
        assertThat(contradiction(run, PREDICTIONS, "0,X,X,0.75,0.25", "0,X,X,0.85,0.25"))
                .contains("sum of a softmax's outputs: example 0 1.1")
                .endsWith("against 1.0");
        assertThat(contradiction(run, PREDICTIONS, "0,X,X,0.75,0.25", "0,X,X,0.75,0.24"))
                .contains("sum of a softmax's outputs: example 0 0.98999");
        assertThat(contradiction(run, PREDICTIONS, "0,X,X,0.75,0.25", "0,X,X,1.25,-0.25"))
                .endsWith("outputs of a softmax: example 0 -0.25 against 0 or more");
        assertThat(contradiction(run, PREDICTIONS, "0,X,X,0.75,0.25", "0,X,X,1.0,0.0"))
                .contains(": mse ");
        change(run, PREDICTIONS, "0,X,X,0.75,0.25", "0,X,X,0.75,0.250001");
        run.requireConsistent();
    }

    @Test
    void outputsHaveTheErrorsThatWereScored() throws IOException {
        assertThat(contradiction(run, PREDICTIONS, "0,X,X,0.75,0.25", "0,X,X,0.8,0.2"))
                .contains("mse 0.19")
                .endsWith(" against 0.20015625");
        assertThat(contradiction(values, PREDICTIONS, "0,1.0,1.5", "0,1.0,1.6"))
                .contains("mse 0.34")
                .endsWith(" against 0.3125");
        assertThat(contradiction(values, "result.json", "\"r2\" : 0.857142857142857", "\"r2\" : 0.856142857142857"))
                .contains("r2 0.857142857142857")
                .contains(" against 0.8561428571428");
    }

    @Test
    void mistakesAreAsManyAsWereMade() throws IOException {
        assertThat(contradiction(run, MISTAKES, "\"examples\" : 4", "\"examples\" : 5"))
                .isEqualTo("mistakes.json and result.json contradict each other: examples 5 against 4");
        assertThat(contradiction(run, MISTAKES, "\"wrong\" : 1", "\"wrong\" : 2"))
                .endsWith("wrong answers 2 against 1");
        run.writeMistakes(new Mistakes(4, 1, List.of()));
        assertThat(contradiction(run)).endsWith("mistakes shown 0 against 1");
        Mistakes all = values.mistakes().orElseThrow();
        values.writeMistakes(new Mistakes(4, null, all.worst().subList(0, 3)));
        assertThat(contradiction(values)).endsWith("mistakes shown 3 against 4");
        values.writeMistakes(new Mistakes(4, 0, List.of()));
        assertThat(contradiction(values)).endsWith("wrong classes true against false");
    }

    @Test
    void aMistakeIsTheAnswerToItsExample() throws IOException {
        assertThat(contradiction(run, MISTAKES, "\"picture\" : \"1\"", "\"picture\" : \"2\""))
                .isEqualTo(
                        "mistakes.json and predictions.csv contradict each other: the name of example 1 2 against 1");
        assertThat(contradiction(run, MISTAKES, "\"label\" : \"X\"", "\"label\" : \"O\""))
                .endsWith("the label of example 1 O against X");
        for (String other : new String[] {"X", "Z"}) {
            assertThat(contradiction(run, MISTAKES, "\"predicted\" : \"O\"", "\"predicted\" : \"" + other + '"'))
                    .endsWith("the answer of example 1 " + other + " against O");
        }
        assertThat(contradiction(run, MISTAKES, "\"predicted_output\" : 0.75", "\"predicted_output\" : 0.751"))
                .endsWith("the output of example 1 0.751 against 0.75");
        assertThat(contradiction(run, MISTAKES, "\"label_output\" : 0.25", "\"label_output\" : 0.249"))
                .endsWith("the label's output of example 1 0.249 against 0.25");
        change(run, MISTAKES, "\"predicted_output\" : 0.75", "\"predicted_output\" : 0.7500004");
        run.requireConsistent();
    }

    @Test
    void aMistakenAnswerHasTheLargestOutput() throws IOException {
        change(run, MISTAKES, "\"index\" : 1", "\"index\" : 0");
        change(run, MISTAKES, "\"picture\" : \"1\"", "\"picture\" : \"0\"");
        change(run, MISTAKES, "\"predicted_output\" : 0.75", "\"predicted_output\" : 0.25");
        change(run, MISTAKES, "\"label_output\" : 0.25", "\"label_output\" : 0.75");

        assertThat(contradiction(run)).endsWith("the largest output of example 0 0.25 against 0.75");
    }

    @Test
    void aMistakeIsCalledAsItsExample() throws IOException {
        Predictions called = run.predictions().orElseThrow();
        run.writePredictions(new Predictions(
                called.classNames(), List.of("a.png", "b.png", "c.png", "d.png"), called.labels(), called.outputs()));
        assertThat(contradiction(run)).endsWith("the name of example 1 1 against b.png");
        change(run, MISTAKES, "\"picture\" : \"1\"", "\"picture\" : \"b.png\"");
        run.requireConsistent();
    }

    @Test
    void aMistakenValueIsTheAnswerToItsExample() throws IOException {
        assertThat(contradiction(values, MISTAKES, "\"label\" : \"5\"", "\"label\" : \"6\""))
                .endsWith("the label of example 3 6.0 against 5.0");
        assertThat(contradiction(values, MISTAKES, "\"label\" : \"5\"", "\"label\" : \"five\""))
                .endsWith("the label of example 3 NaN against 5.0");
        assertThat(contradiction(values, MISTAKES, "\"predicted\" : \"4.00\"", "\"predicted\" : \"4.01\""))
                .endsWith("the answer of example 3 4.01 against 4.0");
        change(values, MISTAKES, "\"predicted\" : \"4.00\"", "\"predicted\" : \"4.005\"");
        values.requireConsistent();
    }

    @Test
    void mistakesStandAloneWhereThereAreNoPredictions() throws IOException {
        Files.delete(run.path().resolve(PREDICTIONS));
        change(run, MISTAKES, "\"label_output\" : 0.25", "\"label_output\" : 0.2");
        run.requireConsistent();
    }
}
