package dev.featuremap.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
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

/**
 * One HTML file: a template filled from a view, with the style, the scripts and the charts' data inside.
 *
 * @param template under this package's resources
 * @param title of the page
 * @param view a record; the template sees it as plain maps, lists, texts and numbers, none of whose methods it can call
 * @param charts drawn where the template names them
 */
record Page(String template, String title, Object view, List<Chart> charts) {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.ALWAYS))
            .build();

    /** The file's text. */
    String html() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("title", title);
        model.put("view", MAPPER.convertValue(view, Object.class));
        model.put("assets", MAPPER.convertValue(Assets.load(), Object.class));
        model.put("charts", scriptSafe(charts));
        StringWriter html = new StringWriter();
        try {
            configuration().getTemplate(template).process(model, html);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException("the template " + template + " does not fit its view", e);
        }
        return html.toString();
    }

    /** JSON in which nothing can end a script element or be taken for markup. */
    private static String scriptSafe(Object value) {
        try {
            return MAPPER.writeValueAsString(value)
                    .replace("&", "\\u0026")
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + value, e);
        }
    }

    /** Templates end in {@code .ftlh}: FreeMarker escapes what they insert as HTML. */
    private static Configuration configuration() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(Page.class, "");
        configuration.setDefaultEncoding("UTF-8");
        configuration.setLocale(Locale.ROOT);
        configuration.setArithmeticEngine(ArithmeticEngine.CONSERVATIVE_ENGINE); // the other one has no NaN
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        return configuration;
    }
}
