package dev.featuremap.run;

import static dev.featuremap.run.EndedRun.change;
import static dev.featuremap.run.EndedRun.contradiction;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that ended, in one of whose files something else stands than in another. */
class RunConsistencyTest {
    @TempDir
    Path folder;

    private RunDirectory run;

    @BeforeEach
    void aRun() throws IOException {
        run = EndedRun.ofClasses(folder.resolve("run"));
    }

    @Test
    void believesARunAsItWasLeft() throws IOException {
        run.requireConsistent();
        EndedRun.ofValues(folder.resolve("values")).requireConsistent();
    }

    @Test
    void believesARunOfWhichLittleIsLeft() throws IOException {
        for (String name : new String[] {"metrics.csv", "input.json", "predictions.csv", "mistakes.json"}) {
            Files.delete(run.path().resolve(name));
            run.requireConsistent();
        }
        Files.delete(run.path().resolve("result.json"));
        Files.delete(run.path().resolve("provenance.json"));
        run.requireConsistent();
    }

    @Test
    void aResultIsOfItsExperiment() throws IOException {
        assertThat(contradiction(run, "result.json", "\"name\" : \"x\"", "\"name\" : \"y\""))
                .isEqualTo("result.json and experiment.yaml contradict each other: name y against x");
        assertThat(contradiction(run, "result.json", "\"seed\" : 42", "\"seed\" : 43"))
                .endsWith("seed 43 against 42");
        assertThat(contradiction(run, "experiment.yaml", "engine: auto", "engine: onednn"))
                .endsWith("engine nd4j against onednn");
        assertThat(contradiction(run, "result.json", "\"last_epoch\" : \"validation\"", "\"last_epoch\" : \"test\""))
                .contains("chosen_by {best_epoch=validation, last_epoch=test} against");
        EndedRun.removeCheckpoints(run);
        change(run, "experiment.yaml", "engine: auto", "engine: nd4j");
        run.requireConsistent();
    }

    @Test
    void aRunEndsAsItsExperimentLetsIt() throws IOException {
        assertThat(contradiction(run, "experiment.yaml", "epochs: 3", "epochs: 4"))
                .endsWith("the end done after 3 epochs against 4 epochs");
        for (String status : new String[] {"abandoned", "diverged", "failed"}) {
            assertThat(contradiction(run, "result.json", "\"done\"", '"' + status + '"'))
                    .endsWith("the end " + status + " after 3 epochs against 3 epochs");
        }

        change(run, "result.json", "\"done\"", "\"stopped early\"");
        assertThat(contradiction(run, "experiment.yaml", "epochs: 3", "epochs: 2"))
                .endsWith("the end stopped early after 3 epochs against 2 epochs");
        change(
                run,
                "experiment.yaml",
                "earlyStopping: {metric: loss, patience: 3, minDelta: 0}",
                "earlyStopping: null");
        change(run, "experiment.yaml", "abandon: null", "abandon: {metric: loss, behind: [1, 1]}");
        assertThat(contradiction(run)).endsWith("the end stopped early after 3 epochs against 3 epochs");
    }

    @Test
    void anAbandonedRunDidNotGoToItsEnd() throws IOException {
        change(run, "result.json", "\"done\"", "\"abandoned\"");
        change(run, "experiment.yaml", "epochs: 3", "epochs: 4");
        assertThat(contradiction(run)).endsWith("the end abandoned after 3 epochs against 4 epochs");
        change(run, "experiment.yaml", "abandon: null", "abandon: {metric: loss, behind: [1, 1, 0.1]}");
        EndedRun.removeCheckpoints(run);
        run.requireConsistent();
    }

    @Test
    void aRunThatDivergedHasNoAnswersAndGoesPastItsLastEpoch() throws IOException {
        change(run, "result.json", "\"done\"", "\"diverged\"");
        change(run, "result.json", "\"steps\" : 15", "\"steps\" : 17");
        Files.delete(run.path().resolve("provenance.json"));
        change(run, "predictions.csv", "X", "Y");
        run.requireConsistent();
        change(run, "experiment.yaml", "epochs: 3", "epochs: 4");
        run.requireConsistent();

        assertThat(contradiction(run, "experiment.yaml", "epochs: 4", "epochs: 2"))
                .endsWith("the end diverged after 3 epochs against 2 epochs");
        assertThat(contradiction(run, "result.json", "\"steps\" : 17", "\"steps\" : 14"))
                .endsWith("steps 14 against 15");
    }

    @Test
    void theBestEpochIsKeptOnlyWhereThatWasAskedFor() throws IOException {
        change(run, "result.json", "\"best_epoch\" : \"validation\",", "");
        change(run, "experiment.yaml", "keepBest: true", "keepBest: false");

        assertThat(contradiction(run)).endsWith("best_epoch 2 against keepBest: false");
    }

    @Test
    void aRunHasItsModelAndItsTestScores() throws IOException {
        run.writeResult(run.result().withTest(null));
        assertThat(contradiction(run)).endsWith("scores on the test data false against true");
        run.writeResult(run.result().withTest(EndedRun.TEST));
        run.requireConsistent();
        Files.delete(run.path().resolve("model.zip"));
        assertThat(contradiction(run))
                .isEqualTo("result.json and model.zip contradict each other: a model true against false");
    }

    @Test
    void aTrialHasNoTestScores() throws IOException {
        change(run, "experiment.yaml", "measureTest: true", "measureTest: false");
        change(run, "metrics.csv", "2,10,test,0.5,0.75,0.20015625,0.38125,,\n", "");
        run.writeResult(run.result().withTest(null));
        for (String name : new String[] {"predictions.csv", "mistakes.json"}) {
            Files.delete(run.path().resolve(name));
        }
        EndedRun.removeCheckpoints(run);
        run.requireConsistent();
    }

    @Test
    void theMetricsAreThoseOfTheEpochsThatWereTrained() throws IOException {
        String third = "3,15,train,0.375,0.7,0.1875,0.09375,1.000,50.0\n3,15,validation,0.375,0.7,0.1875,0.09375,,\n";
        assertThat(contradiction(run, "metrics.csv", third, ""))
                .isEqualTo("result.json and metrics.csv contradict each other: epochs 3 against 2");
        assertThat(contradiction(run, "result.json", "\"steps\" : 15", "\"steps\" : 16"))
                .endsWith("steps 16 against 15");
        assertThat(contradiction(run, "result.json", "\"best_epoch\" : 2", "\"best_epoch\" : 3"))
                .endsWith("best_epoch 3 against 2");
    }

    @Test
    void theScoresAreThoseOfTheEpochThatIsKept() throws IOException {
        String kept = "2,10,validation,0.25,0.8,0.125,0.0625";
        assertThat(contradiction(run, "metrics.csv", kept, "2,10,validation,0.26,0.8,0.125,0.0625"))
                .endsWith("loss on validation data 0.25 against 0.26");
        assertThat(contradiction(run, "metrics.csv", kept, "2,10,validation,0.25,0.9,0.125,0.0625"))
                .endsWith("accuracy on validation data 0.8 against 0.9");
        assertThat(contradiction(run, "metrics.csv", kept, "2,10,validation,0.25,0.8,0.126,0.0625"))
                .endsWith("mse on validation data 0.125 against 0.126");
        assertThat(contradiction(run, "metrics.csv", kept, "2,10,validation,0.25,0.8,0.125,0.0626"))
                .endsWith("mae on validation data 0.0625 against 0.0626");
        assertThat(contradiction(run, "metrics.csv", "2,10,test,0.5", "2,10,test,0.6"))
                .endsWith("loss on test data 0.5 against 0.6");
        assertThat(contradiction(run, "metrics.csv", "2,10,test", "3,15,test"))
                .isEqualTo(
                        "metrics.csv and result.json contradict each other: the epoch of the test scores 3 against 2");
    }

    @Test
    void aRunWithoutValidationDataIsScoredByTheTestDataItWatched() throws IOException {
        run.writeExperiment(EndedRun.experiment("{source: xo, size: 9}", "epochs: 3, batchSize: 10"));
        change(
                run,
                "result.json",
                "\"chosen_by\" : {\n    \"best_epoch\" : \"validation\",\n    \"last_epoch\" : \"validation\"\n  },",
                "");
        change(run, "result.json", "\"best_epoch\" : 2,", "");
        change(run, "metrics.csv", "2,10,test,0.5,0.75,0.20015625,0.38125,,\n", "");
        change(
                run,
                "metrics.csv",
                "3,15,validation,0.375,0.7,0.1875,0.09375",
                "3,15,validation,0.5,0.75,0.20015625,0.38125");
        change(run, "metrics.csv", "validation", "test");
        EndedRun.removeCheckpoints(run);
        run.requireConsistent();

        assertThat(contradiction(run, "metrics.csv", "3,15,test,0.5", "3,15,test,0.25"))
                .endsWith("loss on test data 0.5 against 0.25");
    }

    @Test
    void theBestEpochIsTheFirstOfTheBestByItsMetric() throws IOException {
        EndedRun.removeCheckpoints(run);
        change(run, "experiment.yaml", "keepBestBy: loss", "keepBestBy: accuracy");
        run.requireConsistent();
        assertThat(contradiction(run, "metrics.csv", "3,15,validation,0.375,0.7", "3,15,validation,0.375,0.85"))
                .endsWith("best_epoch 2 against 3");
        change(run, "metrics.csv", "3,15,validation,0.375,0.7", "3,15,validation,0.375,0.8");
        run.requireConsistent();
    }

    @Test
    void aRunStopsEarlyOnceItsPatienceIsOver() throws IOException {
        EndedRun.removeCheckpoints(run);
        assertThat(contradiction(run, "experiment.yaml", "patience: 3", "patience: 1"))
                .endsWith("stopped early false against true");
        change(run, "experiment.yaml", "patience: 3", "patience: 2");
        run.requireConsistent();
        assertThat(contradiction(run, "experiment.yaml", "minDelta: 0", "minDelta: 0.3"))
                .endsWith("stopped early false against true");
        assertThat(contradiction(run, "experiment.yaml", "minDelta: 0", "minDelta: 0.25"))
                .endsWith("stopped early false against true");
        change(run, "experiment.yaml", "minDelta: 0", "minDelta: 0.24");
        run.requireConsistent();
        assertThat(contradiction(run, "result.json", "\"done\"", "\"stopped early\""))
                .endsWith("stopped early true against false");
        change(run, "experiment.yaml", "patience: 2", "patience: 1");
        change(run, "experiment.yaml", "epochs: 3", "epochs: 9");
        change(run, "result.json", "\"done\"", "\"stopped early\"");
        run.requireConsistent();
    }

    @Test
    void whatMetricsDoNotHoldSaysNothingOfTheBestEpoch() throws IOException {
        RunDirectory values = EndedRun.ofValues(folder.resolve("values"));
        change(values, "experiment.yaml", "keepBestBy: loss", "keepBestBy: r2");
        change(values, "experiment.yaml", "metric: loss, patience: 3", "metric: r2, patience: 1");
        values.requireConsistent();
    }

    @Test
    void theTimesAgreeAsFarAsTheyAreRounded() throws IOException {
        EndedRun.removeCheckpoints(run);
        change(run, "metrics.csv", "0.0625,1.000,50.0", "0.0625,1.002,50.0");
        run.requireConsistent();
        change(run, "metrics.csv", "0.0625,1.002,50.0", "0.0625,1.000,50.1");
        run.requireConsistent();
        assertThat(contradiction(run, "metrics.csv", "0.0625,1.000", "0.0625,1.003"))
                .startsWith("result.json and metrics.csv contradict each other: seconds of training 3.0 against 3.003");
        assertThat(contradiction(run, "metrics.csv", "0.0625,1.000,50.1", "0.0625,1.000,50.3"))
                .endsWith("training examples by time and speed 50.0 against 50.3");
        assertThat(contradiction(run, "metrics.csv", "0.0625,1.000,50.1", "0.0625,1.000,49.7"))
                .endsWith("training examples by time and speed 50.0 against 49.7");
    }

    @Test
    void theSpeedIsThatOfTheStepsOfAnEpoch() throws IOException {
        EndedRun.removeCheckpoints(run);
        for (String batchSize : new String[] {"9", "12"}) { // the last batch of an epoch may be smaller
            change(run, "experiment.yaml", "batchSize: 10", "batchSize: " + batchSize);
            run.requireConsistent();
            change(run, "experiment.yaml", "batchSize: " + batchSize, "batchSize: 10");
        }
        for (String batchSize : new String[] {"8", "20"}) {
            assertThat(contradiction(run, "experiment.yaml", "batchSize: 10", "batchSize: " + batchSize))
                    .endsWith("training examples by time and speed, and steps of an epoch 50.0 against 5");
        }
        change(run, "metrics.csv", "1.000,50.0", "0.000,0.0");
        change(run, "result.json", "\"seconds\" : 3.0", "\"seconds\" : 0.0");
        run.requireConsistent();
    }

    @Test
    void theInputIsThatOfTheData() throws IOException {
        assertThat(contradiction(run, "input.json", "\"classes\" : [ \"X\"", "\"classes\" : [ \"Y\""))
                .startsWith("result.json and input.json contradict each other: pictures and classes");
        assertThat(contradiction(run, "input.json", "\"invert\" : false", "\"invert\" : true"))
                .isEqualTo("input.json and experiment.yaml contradict each other: invert true against false");
        assertThat(contradiction(
                        run,
                        "input.json",
                        "\"signed\",\n    \"divisor\" : 127.5,\n    \"offset\" : -1.0",
                        "\"raw\",\n    \"divisor\" : 1.0,\n    \"offset\" : 0.0"))
                .endsWith("scaling RAW against SIGNED");
    }

    @Test
    void noStepIsOfALaterOneThanTheRunTrained() throws IOException {
        Path steps = run.path().resolve("steps.csv");
        Files.writeString(steps, "step,loss,learning_rate\n1,0.7,0.01\n15,0.5,\n");
        run.requireConsistent();
        Files.writeString(steps, "step,loss,learning_rate\n1,0.7,0.01\n16,0.5,\n");
        assertThat(contradiction(run)).endsWith("steps.csv and result.json contradict each other: steps 16 against 15");
    }

    @Test
    void picturesAreInvertedWhereTheirExperimentSaysSo() throws IOException {
        RunDirectory begun = RunDirectory.create(folder.resolve("begun"));
        begun.writeExperiment(
                EndedRun.experiment("{source: images, folder: pictures, size: 9, invert: true, scaling: signed}"));
        begun.writeModelInput(run.modelInput().orElseThrow());
        assertThat(contradiction(begun)).endsWith("invert false against true");

        change(begun, "input.json", "\"invert\" : false", "\"invert\" : true");
        begun.requireConsistent();
    }

    @Test
    void theProvenanceIsThatOfTheRun() throws IOException {
        assertThat(contradiction(run, "provenance.json", "\"run\" : \"42\"", "\"run\" : \"43\""))
                .isEqualTo("provenance.json and experiment.yaml contradict each other: seed 43 against 42");
        assertThat(contradiction(run, "provenance.json", "[ 5, 12 ]", "[ 5, 16 ]"))
                .isEqualTo(
                        "provenance.json and result.json contradict each other: resumed_at_steps [5, 16] against 15 steps");
        EndedRun.removeCheckpoints(run);
        change(run, "provenance.json", "[ 5, 12 ]", "[ 5, 15 ]");
        run.requireConsistent();
    }
}
