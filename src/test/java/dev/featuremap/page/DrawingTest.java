package dev.featuremap.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.page.Drawing.Line;
import dev.featuremap.page.Drawing.Point;
import dev.featuremap.page.Drawing.Text;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class DrawingTest {
    private static final String EVIL = "</title><script>alert('1')</script>\" onload=\"x & y\u0001";

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aFileOfItsOwnHasTheColoursForLightPaper() throws Exception {
        Drawing drawing = new Drawing(
                "t",
                "d",
                400,
                250,
                List.of(new Line("M0 0H9", "series-1", 2, "7 3"), new Text(1, 2, "end", "ink", "n")));
        Element root = parsed(drawing.svg()).getDocumentElement();
        assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
        assertThat(root.getAttribute("viewBox")).isEqualTo("0 -22 400 272");
        Element line = (Element) root.getElementsByTagName("path").item(0);
        assertThat(line.getAttribute("stroke")).isEqualTo("#0072b2");
        assertThat(line.getAttribute("stroke-dasharray")).isEqualTo("7 3");
        assertThat(((Element) root.getElementsByTagName("text").item(0)).getAttribute("fill"))
                .isEqualTo("#1e2125");
    }

    @Test
    void whatIsHostileStaysText() throws Exception {
        Drawing drawing = new Drawing(
                EVIL, EVIL, 1, 1, List.of(new Text(1, 2, "start", "ink", EVIL), new Point(1, 2, 3, "series-2", EVIL)));
        Document svg = parsed(drawing.svg());
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(svg.getElementsByTagName("text").item(0).getTextContent())
                .isEqualTo(EVIL.replace("\u0001", "\\u0001"));
    }
}
