package dev.featuremap.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.Failure;
import dev.featuremap.data.XoDrawing.Letter;
import dev.featuremap.page.Grid;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HomeworkTest {
    private static final Place FIRST = new Place(1, 1);

    /** The lecture's table for the filter {@code \}, in ninths. */
    private static final Grid FALLING = table("""
             7 -1  1  3  5 -1  3
            -1  9 -1  3 -1  1 -1
             1 -1  9 -3  1 -1  5
             3  3 -3  5 -3  3  3
             5 -1  1 -3  9 -1  1
            -1  1 -1  3 -1  9 -1
             3 -1  5  3  1 -1  7
            """);

    /** The lecture's table for the filter {@code x}, in ninths. */
    private static final Grid CROSS = table("""
             3 -5  1 -1  1 -5  3
            -5  5 -5  3 -5  5 -5
             1 -5  5 -7  5 -5  1
            -1  3 -7  9 -7  3 -1
             1 -5  5 -7  5 -5  1
            -5  5 -5  3 -5  5 -5
             3 -5  1 -1  1 -5  3
            """);

    private final Homework homework = Homework.of(Letter.X, 9, FIRST);

    @Test
    void givesTheLecturesTables() {
        Grid mirrored = Grid.of(7, 7, (row, column) -> FALLING.at(row, 6 - column));
        assertThat(homework.maps()).extracting(FeatureMap::filter).containsExactly("\\", "x", "/");
        assertThat(homework.maps()).extracting(FeatureMap::ninths).containsExactly(FALLING, CROSS, mirrored);
    }

    @Test
    void decimalsAreNinths() {
        for (FeatureMap map : homework.maps()) {
            assertThat(map.decimals()).isEqualTo(map.ninths().map(ninths -> ninths / 9));
        }
    }

    @Test
    void cutsTowardsZeroAsTheSlidesDo() {
        FeatureMap map = homework.maps().get(0);
        assertThat(map.cut().toRows().get(0)).isEqualTo(List.of(0.77, -0.11, 0.11, 0.33, 0.55, -0.11, 0.33));
        assertThat(map.cut().at(1, 1)).isEqualTo(1);
        assertThat(homework.maps().get(1).cut().at(2, 3)).isEqualTo(-0.77);
        assertThat(homework.maps().get(1).cut().at(0, 1)).isEqualTo(-0.55);
    }

    @Test
    void writesNinthsWithAllTheirDecimals() {
        assertThat(List.of(FeatureMap.exact(7), FeatureMap.exact(-1), FeatureMap.exact(9), FeatureMap.exact(0)))
                .containsExactly("0.777…", "-0.111…", "1", "0");
    }

    @Test
    void worksOutTheNineProductsOfACell() {
        CellWorking.Products products =
                Homework.of(Letter.X, 9, new Place(1, 5)).cell().products().get(0);
        assertThat(products.products()).isEqualTo(table("-1 1 1\n1 -1 1\n1 1 1"));
        assertThat(products.sum()).isEqualTo(5);
        assertThat(products.mean()).isEqualTo(5 / 9.0);
    }

    @ParameterizedTest
    @EnumSource(Letter.class)
    void deeplearning4jGivesTheSameMaps(Letter letter) {
        Homework here = Homework.of(letter, 12, FIRST);
        List<Grid> there = Dl4jFeatureMaps.of(here.picture());
        for (int i = 0; i < there.size(); i++) {
            assertThat(there.get(i).toArray())
                    .containsExactly(here.maps().get(i).decimals().toArray(), within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsAPictureOfEitherPolarity(boolean darkInk, @TempDir Path folder) throws IOException {
        BufferedImage image = new BufferedImage(90, 90, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = image.createGraphics();
        pen.setColor(darkInk ? Color.WHITE : Color.BLACK);
        pen.fillRect(0, 0, 90, 90);
        pen.setColor(darkInk ? Color.BLACK : Color.WHITE);
        for (int i = 1; i < 8; i++) {
            pen.fillRect(10 * i, 10 * i, 10, 10);
            pen.fillRect(10 * i, 80 - 10 * i, 10, 10);
        }
        pen.dispose();
        Path file = folder.resolve("X 图.png");
        ImageIO.write(image, "png", file.toFile());

        Homework read = Homework.of(file, OptionalInt.empty(), FIRST);

        assertThat(read.letter()).isEqualTo("X 图.png");
        assertThat(read.size()).isEqualTo(9);
        assertThat(read.maps()).isEqualTo(homework.maps());
    }

    @Test
    void refusesACellOutsideTheMapNamingItsSize() {
        assertThatThrownBy(() -> Homework.of(Letter.X, 9, new Place(8, 1)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--cell 8,1")
                .hasMessageContaining("7 rows and columns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,1", "1", "a,b", "1,2,3", ""})
    void refusesWhatIsNoCell(String text) {
        assertThatThrownBy(() -> Place.parse(text))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("row and a column");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 65})
    void refusesSizesOutOfRange(int size) {
        assertThatThrownBy(() -> Homework.of(Letter.X, size, FIRST))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--size " + size);
    }

    private static Grid table(String text) {
        return Grid.of(text.lines()
                .map(line -> Arrays.stream(line.strip().split(" +"))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new));
    }
}
