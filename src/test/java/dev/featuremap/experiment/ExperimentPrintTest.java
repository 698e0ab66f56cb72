package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExperimentPrintTest {
    @Test
    void readingWhatIsPrintedGivesAnEqualExperiment() {
        Random seeds = new Random(1);
        for (int i = 0; i < 2000; i++) {
            Experiment experiment = new RandomExperiments(seeds.nextLong()).next();
            String printed = ExperimentFile.print(experiment);

            Experiment read = ExperimentFile.parse(printed, "printed", List.of());

            assertThat(read).as(printed).isEqualTo(experiment);
            assertThat(ExperimentFile.print(read)).isEqualTo(printed);
        }
    }
}
