package dev.featuremap.cli;

import dev.featuremap.AtomicFiles;
import dev.featuremap.page.Edition;
import dev.featuremap.page.HtmlForm;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import dev.featuremap.page.TextForm;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** In which languages a page is shown, and where. */
final class LectureOptions {
    @Mixin
    CommonOptions common;

    @Mixin
    LanguageOption languages;

    @Option(names = "--html", paramLabel = "FILE", description = "write a page with pictures to this file")
    Path html;

    /** Shows what was computed as JSON, as a file, or else as text; it is made a page of only where one is needed. */
    <T> void show(Terminal terminal, T computed, BiFunction<T, Language, Page> toPage) {
        CommonOptions.requirePlaceForFile(html, "--html");
        Function<Language, Page> page = language -> toPage.apply(computed, language);
        if (html != null) {
            write(terminal, html, page);
        }
        if (common.json) {
            terminal.json(computed);
        } else if (html == null) {
            print(terminal, page);
        }
    }

    /** Writes a page, in each language that is wanted, to a file. */
    void write(Terminal terminal, Path to, Function<Language, Page> page) {
        for (Language language : languages.all) {
            Edition edition = new Edition(to.getFileName().toString(), language, languages.all);
            Path file = to.resolveSibling(edition.file());
            AtomicFiles.write(file, HtmlForm.of(page.apply(language), edition));
            common.progress(terminal).tell("wrote %s%n", file);
        }
    }

    /** Prints a page, in each language that is wanted. */
    void print(Terminal terminal, Function<Language, Page> page) {
        languages.all.forEach(language -> terminal.print("%s", TextForm.of(page.apply(language), terminal.screen())));
    }
}
