package dev.featuremap.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.Drawing.Area;
import dev.featuremap.page.Drawing.Line;
import dev.featuremap.page.Drawing.Point;
import dev.featuremap.page.Drawing.Text;
import dev.featuremap.page.IntervalChart.Bar;
import dev.featuremap.page.IntervalChart.Form;
import dev.featuremap.page.IntervalChart.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalChartTest {
    private static Row row(String name, Form form, double value, Double... interval) {
        return new Row(name, "+1", "series-1", form, "better", value, interval.length == 0 ? null : List.of(interval));
    }

    private static Drawing drawing(Double margin, List<Bar> bars, Row... rows) {
        return new IntervalChart("id", "title", Axis.of("points"), true, margin, List.of(rows), bars).drawing();
    }

    private static List<String> texts(Drawing drawing) {
        return drawing.marks().stream()
                .filter(Text.class::isInstance)
                .map(mark -> ((Text) mark).text())
                .toList();
    }

    @Test
    void zeroIsOnTheScaleThoughNoIntervalHoldsIt() {
        Drawing drawing = drawing(null, List.of(), row("mae", Form.FILLED, 4.0, 3.0, 5.0));
        assertThat(texts(drawing)).containsSubsequence("0", "2", "4");
        assertThat(drawing.marks())
                .anySatisfy(mark -> assertThat(mark)
                        .isInstanceOfSatisfying(
                                Line.class, line -> assertThat(line.token()).isEqualTo("soft")));
    }

    @Test
    void theMarginIsABandAroundZero() {
        Drawing drawing = drawing(2.0, List.of(), row("mae", Form.SQUARE, 0.0, -4.0, 4.0));
        // From −4.48 to 4.48 over the 372 pixels from 14 on; 42 are above the axis.
        assertThat(drawing.marks().get(0)).isEqualTo(new Area("M117 0H283V42.0H117Z", "series-3", 0.16));
    }

    @Test
    void eachFormLooksOtherThanByItsColour() {
        for (Form one : Form.values()) {
            for (Form other : Form.values()) {
                if (one != other) {
                    assertThat(drawing(null, List.of(), row("a", one, 1.0)).marks())
                            .isNotEqualTo(drawing(null, List.of(), row("a", other, 1.0))
                                    .marks());
                }
            }
        }
    }

    @Test
    void saysInWordsWhatItShows() {
        Drawing drawing =
                drawing(null, List.of(new Bar(0, 1, true)), row("mae", Form.FILLED, 4.0), row("l1", Form.SMALL, 5.0));
        assertThat(drawing.description()).isEqualTo("mae +1 better; l1 +1 better; joined twice: mae, l1");
        assertThat(drawing.marks().stream().filter(Point.class::isInstance).map(mark -> ((Point) mark).says()))
                .containsExactly("mae +1: better", "l1 +1: better");
    }
}
