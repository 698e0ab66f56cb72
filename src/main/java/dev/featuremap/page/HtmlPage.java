package dev.featuremap.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import freemarker.core.ArithmeticEngine;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTML file: a template filled from a view, with the style, the scripts and the pictures inside.
 *
 * @param template {@code ROOM/NAME.ftlh}
 * @param view a record; the template sees it as plain maps, lists, texts and numbers, none of whose methods it can call
 * @param charts drawn where the template names them
 * @param edition the file's language, and which others it is written in
 * @param program the main module of what computes in it, {@code ROOM/NAME.js}, if anything does
 */
public record HtmlPage(
        String template,
        String title,
        Object view,
        List<? extends Diagram> charts,
        Edition edition,
        Optional<String> program) {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.ALWAYS))
            .build();

    /** A page in English alone, without a program. */
    public HtmlPage(String template, String title, Object view, List<? extends Diagram> charts) {
        this(
                template,
                title,
                view,
                charts,
                new Edition("report.html", Language.EN, List.of(Language.EN)),
                Optional.empty());
    }

    /** The file's text. */
    public String html() {
        Assets assets = Assets.ofPage(template, program);
        Map<String, Object> model = model(view, charts, assets);
        Language language = edition.language();
        model.put("title", title);
        model.put(
                "language",
                Map.of(
                        "tag", language.tag(),
                        "light", language.say("Light", "浅色"),
                        "dark", language.say("Dark", "深色")));
        model.put(
                "translations",
                edition.others().stream()
                        .map(other -> Map.of(
                                "link", other.link(),
                                "tag", other.language().tag(),
                                "name", other.language().itself()))
                        .toList());
        return filled(template, model).strip() + "\n";
    }

    /** What a template makes of a view inside a page of someone else's: without a title there is no frame. */
    static String fragment(String template, Object view, List<? extends Diagram> charts) {
        return filled(template, model(view, charts, Assets.ofBlocks()));
    }

    /** A page's text in a frame inside someone else's. */
    static String frame(String html, int height) {
        return filled("page/inline.ftlh", Map.of("html", html, "height", height));
    }

    private static Map<String, Object> model(Object view, List<? extends Diagram> charts, Assets assets) {
        Map<String, Object> model = new LinkedHashMap<>();
        Map<String, Object> byId = new LinkedHashMap<>();
        for (Diagram chart : charts) {
            if (byId.put(chart.id(), MAPPER.convertValue(chart.drawing(), Object.class)) != null) {
                throw new IllegalArgumentException("two charts of one page are called " + chart.id());
            }
        }
        model.put("view", MAPPER.convertValue(view, Object.class));
        model.put("assets", MAPPER.convertValue(assets, Object.class));
        model.put("charts", byId);
        return model;
    }

    /** A picture as a file of its own; {@code colours} are those of its tokens. */
    static String svg(Drawing drawing, Map<String, String> colours) {
        return filled(
                "page/drawing-file.ftlh",
                Map.of("drawing", MAPPER.convertValue(drawing, Object.class), "colours", colours));
    }

    /** Templates end in {@code .ftlh}: FreeMarker escapes what they insert as HTML. */
    private static String filled(String template, Map<String, Object> model) {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(HtmlPage.class, "/dev/featuremap");
        configuration.setDefaultEncoding("UTF-8");
        configuration.setLocale(Locale.ROOT);
        configuration.setArithmeticEngine(ArithmeticEngine.CONSERVATIVE_ENGINE); // the other one has no NaN
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        StringWriter html = new StringWriter();
        try {
            configuration.getTemplate(template).process(model, html);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException("the template " + template + " does not fit its view", e);
        }
        return html.toString();
    }
}
