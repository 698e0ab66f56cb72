package dev.featuremap.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * A page in one of the languages it is written in, each a file of the same folder: the first language's has the page's own
 * name, such as {@code why.html}, the others say theirs, {@code why.zh.html}.
 */
public record Edition(String page, Language language, List<Language> all) {
    public Edition {
        all = List.copyOf(all);
        if (!all.contains(language)) {
            throw new IllegalArgumentException(language + " is none of " + all);
        }
    }

    /** What the file is called. */
    public String file() {
        int dot = page.lastIndexOf('.');
        int end = dot < 0 ? page.length() : dot;
        return language == all.get(0) ? page : page.substring(0, end) + "." + language.code() + page.substring(end);
    }

    /** A link to it from beside it. */
    String link() {
        return link(file());
    }

    /** The same page in the other languages. */
    List<Edition> others() {
        return all.stream()
                .filter(other -> other != language)
                .map(other -> new Edition(page, other, all))
                .toList();
    }

    /** A relative path as a link, with everything but letters and digits in its safe form. */
    public static String link(String path) {
        try {
            return new URI(null, null, "./" + path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a path is always a link's path: " + path, e);
        }
    }
}
