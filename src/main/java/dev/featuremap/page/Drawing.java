package dev.featuremap.page;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.featuremap.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A picture made of lines, in pixels from the upper left corner: SVG in a page, or in a file of its own.
 *
 * @param title what it shows, in a few words
 * @param description what can be read from it, for who does not see it
 * @param marks from the lowest to the uppermost; each {@code token} is one of the colours in {@code tokens.css}
 */
public record Drawing(String title, String description, double width, double height, List<Mark> marks) {
    private static final Pattern LIGHT = Pattern.compile("--([a-z0-9-]+): light-dark\\((#[0-9a-f]{6}),");

    public Drawing {
        title = Printable.line(title);
        description = Printable.line(description);
        marks = List.copyOf(marks);
    }

    /** One thing drawn; as JSON for the template, {@code kind} tells which. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
    sealed interface Mark permits Line, Area, Point, Text {}

    /** A line along a path of SVG; {@code dashes} and gaps in pixels, null for none. */
    record Line(String path, String token, double width, String dashes) implements Mark {}

    /** What a path of SVG encloses; it hides what is below as {@code opacity} says, from 0 to 1. */
    record Area(String path, String token, double opacity) implements Mark {}

    /** A disc that {@code says} something when the cursor meets it; one without a radius is met all the same. */
    record Point(double x, double y, double radius, String token, String says) implements Mark {
        Point {
            says = Printable.line(says);
        }
    }

    /** A line of text; {@code x} is its {@code start}, {@code middle} or {@code end}, {@code y} its middle. */
    record Text(double x, double y, String anchor, String token, String text) implements Mark {
        Text {
            text = Printable.line(text);
        }
    }

    /** A coordinate as paths hold it, to a tenth of a pixel. */
    static String at(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate).replaceFirst("\\.0$", "");
    }

    /** A file that shows the picture in the colours for light paper, on whatever lies behind it. */
    public String svg() {
        Map<String, String> colours = LIGHT.matcher(Assets.text("page/tokens.css"))
                .results()
                .collect(Collectors.toMap(token -> token.group(1), (MatchResult token) -> token.group(2)));
        return HtmlPage.svg(this, colours);
    }
}
