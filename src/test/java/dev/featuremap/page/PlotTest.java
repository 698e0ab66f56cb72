package dev.featuremap.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.Chart.Form;
import dev.featuremap.page.Chart.Series;
import dev.featuremap.page.Drawing.Area;
import dev.featuremap.page.Drawing.Line;
import dev.featuremap.page.Drawing.Mark;
import dev.featuremap.page.Drawing.Point;
import dev.featuremap.page.Drawing.Text;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlotTest {
    private static Drawing of(Series... series) {
        int places =
                Arrays.stream(series).mapToInt(one -> one.values().size()).max().orElseThrow();
        List<Double> epochs = DoubleStream.iterate(1, epoch -> epoch + 1)
                .limit(places)
                .boxed()
                .toList();
        return new Chart("accuracy", Axis.counting("epoch"), Axis.share("accuracy"), epochs, List.of(series)).drawing();
    }

    private static <M extends Mark> List<M> marks(Drawing drawing, Class<M> kind) {
        return drawing.marks().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What stands at the ends of the lines. */
    private static List<Text> labels(Drawing drawing) {
        return marks(drawing, Text.class).stream()
                .filter(text -> text.token().equals("ink"))
                .toList();
    }

    private static List<Line> lines(Drawing drawing) {
        return marks(drawing, Line.class).stream()
                .filter(line -> line.token().startsWith("series") && line.width() == 2)
                .toList();
    }

    @Test
    void linesEndInTheirNameAndTheirOwnLastValue() {
        Drawing drawing = of(
                Series.line("mse", 1, Arrays.asList(0.5, 0.6, 0.75)),
                Series.line("mae", 2, Arrays.asList(0.5, 0.25, null)),
                Series.line("none", 3, Arrays.asList(null, null, null)));
        assertThat(labels(drawing)).extracting(Text::text).containsExactlyInAnyOrder("mse 75.00 %", "mae 25.00 %");
        assertThat(drawing.description()).isEqualTo("mse 75.00 % at epoch 3; mae 25.00 % at epoch 2; none nowhere");
        assertThat(marks(drawing, Point.class)).extracting(Point::says).contains("mae, epoch 2: 25.00 %");
    }

    @Test
    void namesOfLinesThatEndAlikeStandApartWithinThePicture() {
        Drawing drawing = of(IntStream.rangeClosed(1, 30)
                .mapToObj(i -> Series.line("member " + i, i, List.of(0.5, i == 1 ? 0.1 : 0.9)))
                .toArray(Series[]::new));
        List<Double> heights = labels(drawing).stream().map(Text::y).sorted().toList();
        assertThat(heights).hasSize(30);
        for (int i = 1; i < heights.size(); i++) {
            assertThat(heights.get(i) - heights.get(i - 1)).isGreaterThanOrEqualTo(14 - 1e-9);
        }
        assertThat(heights.get(0)).isPositive();
        assertThat(heights.get(29)).isLessThan(drawing.height());
    }

    @Test
    void seriesDifferByDashAsWellAsColour() {
        List<Line> drawn = lines(of(IntStream.rangeClosed(1, 56)
                .mapToObj(i -> Series.line("m" + i, i, List.of(0.1, 0.01 * i)))
                .toArray(Series[]::new)));
        assertThat(drawn.subList(0, 7)).extracting(Line::dashes).doesNotHaveDuplicates();
        assertThat(drawn.subList(0, 8)).extracting(Line::token).doesNotHaveDuplicates();
        assertThat(drawn)
                .extracting(line -> line.token() + line.dashes())
                .hasSize(56)
                .doesNotHaveDuplicates();
    }

    @Test
    void longNamesLoseTheirMiddle() {
        Drawing drawing =
                of(Series.line("mcxent-adam-0.001", 1, List.of(1.0)), Series.line("sixteen letters!", 2, List.of(0.0)));
        assertThat(labels(drawing))
                .extracting(Text::text)
                .containsExactlyInAnyOrder("mcxent-…am-0.001 100.00 %", "sixteen letters! 0.00 %");
    }

    @Test
    void aBandOfOneEpochIsALine() {
        Drawing drawing = of(new Series("mse", 1, Form.LINE, List.of(0.5), List.of(0.4), List.of(0.6)));
        assertThat(marks(drawing, Line.class).stream()
                        .filter(line -> line.token().equals("series-1")))
                .anySatisfy(line -> assertThat(line.path()).matches("M[0-9.]+ [0-9.]+V[0-9.]+"));
    }

    @Test
    void stepsHoldAValueUntilTheNext() {
        assertThat(lines(of(Series.of(Form.STEPS, "best so far", 1, List.of(0.2, 0.4)))))
                .singleElement()
                .satisfies(line -> assertThat(line.path()).matches("M[0-9.]+ [0-9.]+H[0-9.]+V[0-9.]+"));
    }

    @Test
    void aReferenceEndsInItsNameAlone() {
        Drawing drawing = of(Series.of(Form.REFERENCE, "deserved", 1, List.of(0.2, 0.4)));
        assertThat(labels(drawing)).extracting(Text::text).containsExactly("deserved");
        assertThat(marks(drawing, Line.class)).anySatisfy(line -> {
            assertThat(line.token()).isEqualTo("soft");
            assertThat(line.dashes()).isEqualTo("5 5");
        });
    }

    @Test
    void pointsAndBarsAreNamedAboveThePlot() {
        Drawing drawing = of(
                Series.of(Form.POINTS, "each candidate", 1, Arrays.asList(0.2, null, 0.4)),
                Series.of(Form.BARS, "share right", 2, List.of(0.1, 0.3, 0.5)));
        assertThat(labels(drawing))
                .extracting(Text::text, Text::y)
                .containsExactly(tuple("each candidate", 10.0), tuple("share right", 10.0));
        assertThat(marks(drawing, Line.class))
                .anySatisfy(line -> assertThat(line.path()).matches("(M[0-9.]+ [0-9.]+h0){2}"));
        assertThat(marks(drawing, Area.class))
                .hasSize(3)
                .allSatisfy(bar -> assertThat(bar.path()).matches("M[0-9.]+ ([0-9.]+)V[0-9.]+H[0-9.]+V\\1Z"));
    }

    @Test
    void valuesAreToldAtTheirPlacesWhileACursorCanMeetThem() {
        assertThat(told(30))
                .hasSize(30)
                .allSatisfy(point -> assertThat(point.radius()).isEqualTo(2.5));
        assertThat(told(200))
                .hasSize(200)
                .allSatisfy(point -> assertThat(point.radius()).isZero());
        assertThat(told(201)).isEmpty();
    }

    private static List<Point> told(int places) {
        return marks(of(Series.line("mse", 1, Collections.nCopies(places, 0.5))), Point.class);
    }
}
