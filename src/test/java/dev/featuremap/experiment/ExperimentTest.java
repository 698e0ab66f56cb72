package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentTest {
    @Test
    void changesOnlyWhatIsAskedFor() {
        Experiment lenet = lenet();
        TrainingSpec longer = lenet.training().with(change -> change.epochs = 9);

        assertThat(lenet.with(longer)).isEqualTo(lenet("training.epochs=9"));
        assertThat(lenet.with("other", 7)).isEqualTo(lenet("name=other", "seed=7"));
    }

    @Test
    void drawsWhatIsTrainedOnWhereSomeIsHeldOut() {
        assertThat(lenet().holdsOut()).isFalse();
        assertThat(lenet("training.validationShare=0.1").holdsOut()).isTrue();
        assertThat(lenet("data={source: images, folder: /x}").holdsOut()).isTrue();
        assertThat(lenet("data={source: images, folder: /x, testFolder: /y}").holdsOut())
                .isFalse();
    }

    private static Experiment lenet(String... overrides) {
        return ExperimentFile.parse(SampleFiles.lenet(), "x.yaml", List.of(overrides));
    }
}
