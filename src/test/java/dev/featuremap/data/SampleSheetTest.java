package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Scaling;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sheet with captions is tried in {@link DatasetsTest}. */
class SampleSheetTest {
    @Test
    void putsTheFirstExamplesOfEachSetInARow() {
        ExampleSet all = examples(4, 2, 3);
        BufferedImage strip = SampleSheet.strip(List.of(all, all.where(i -> i > 0)), 3, 10);

        assertThat(strip.getWidth()).isEqualTo(3 * 3);
        assertThat(strip.getHeight()).isEqualTo(2 * 2);
        for (int row = 0; row < 2; row++) {
            for (int i = 0; i < 3; i++) {
                BufferedImage own = SampleSheet.image(all.picture(i + row));
                assertThat(strip.getRGB(3 * i, 2 * row)).isEqualTo(own.getRGB(0, 0));
                assertThat(strip.getRGB(3 * i + 2, 2 * row + 1)).isEqualTo(own.getRGB(2, 1));
            }
        }
        assertThat(SampleSheet.strip(List.of(all), 9, 10).getWidth()).isEqualTo(4 * 3);
    }

    @Test
    void makesLargePicturesSmallerInBothDirectionsAlike() {
        BufferedImage strip = SampleSheet.strip(List.of(examples(2, 8, 24)), 2, 12);

        assertThat(strip.getWidth()).isEqualTo(2 * 12);
        assertThat(strip.getHeight()).isEqualTo(4);
        assertThat(SampleSheet.strip(List.of(examples(2, 100, 1)), 2, 10).getWidth())
                .isEqualTo(2);
    }

    /** Grey pictures whose levels count on from one to the next. */
    private static ExampleSet examples(int count, int height, int width) {
        return new ExampleSet(new Pictures(
                new DataShape(1, height, width, List.of("a", "b")),
                count,
                Pictures.Levels.inOneArray(IdxBytes.counting(count * height * width), height * width),
                i -> i % 2,
                Integer::toString,
                Scaling.UNIT,
                "counted"));
    }
}
