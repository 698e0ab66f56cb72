package dev.featuremap.cli;

import dev.featuremap.page.Language;
import java.util.List;
import picocli.CommandLine.Option;

/** The languages of pages, each once, in the order they were named. */
final class LanguageOption {
    List<Language> all = List.of(Language.EN);

    @Option(
            names = "--lang",
            paramLabel = "en|zh",
            split = ",",
            defaultValue = "en",
            description = "the language (default: en); with en,zh pages are written in both and lead to each other")
    void set(List<Language> named) {
        all = named.stream().distinct().toList();
    }
}
