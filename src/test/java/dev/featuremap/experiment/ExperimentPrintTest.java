package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ExperimentPrintTest {
    @Test
    @Tag("slow")
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

    @Test
    void theTreeHoldsWhatThePrintedYamlSays() {
        Random seeds = new Random(2);
        for (int i = 0; i < 200; i++) {
            Experiment experiment = new RandomExperiments(seeds.nextLong()).next();
            String printed = ExperimentFile.print(experiment);

            assertThat(ExperimentFile.tree(experiment))
                    .as(printed)
                    .isEqualTo(new Load(LoadSettings.builder().build()).loadFromString(printed));
        }
    }
}
