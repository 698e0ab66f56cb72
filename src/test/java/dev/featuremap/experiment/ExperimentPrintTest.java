package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ExperimentPrintTest {
    @Property(tries = 2000)
    void readingWhatIsPrintedGivesAnEqualExperiment(@ForAll long seed) {
        Experiment experiment = new RandomExperiments(seed).next();
        String printed = ExperimentFile.print(experiment);

        Experiment read = ExperimentFile.parse(printed, "printed", List.of());

        assertThat(read).as(printed).isEqualTo(experiment);
        assertThat(ExperimentFile.print(read)).isEqualTo(printed);
    }
}
