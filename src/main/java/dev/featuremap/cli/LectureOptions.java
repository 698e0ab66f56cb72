package dev.featuremap.cli;

import dev.featuremap.AtomicFiles;
import dev.featuremap.page.HtmlForm;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import dev.featuremap.page.TextForm;
import dev.featuremap.run.Json;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** In which language a page is shown, and where. */
final class LectureOptions {
    @Mixin
    CommonOptions common;

    @Option(names = "--lang", paramLabel = "en|zh", defaultValue = "en", description = "the language (default: en)")
    Language language;

    @Option(names = "--html", paramLabel = "FILE", description = "write a page with pictures to this file")
    Path html;

    /** Shows what was computed as JSON, as a file, or else as text; {@code page} is asked only where it is needed. */
    void show(Terminal terminal, Object computed, Function<Language, Page> page) {
        show(terminal, computed, page.andThen(HtmlForm::of), page.andThen(LectureOptions::text));
    }

    /** A page as wide as the terminal says it is. */
    static String text(Page page) {
        return TextForm.of(page, System.getenv().getOrDefault("COLUMNS", ""));
    }

    /** The same where a file holds more than a screen. */
    void show(
            Terminal terminal, Object computed, Function<Language, String> asHtml, Function<Language, String> asText) {
        if (html != null) {
            AtomicFiles.write(html, asHtml.apply(language));
            if (!common.quiet) {
                terminal.tell("wrote %s%n", html);
            }
        }
        if (common.json) {
            terminal.print("%s", Json.write(computed));
        } else if (html == null) {
            terminal.print("%s", asText.apply(language));
        }
    }
}
