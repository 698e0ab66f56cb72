package dev.featuremap.page;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * ES modules as one script, since a page from a file may not import others: each module becomes a function that is called once, after
 * those it imports, and returns what it exports. For this a module imports by
 * {@code import { one, other } from "./module.js";} and exports by {@code export} before a function or a constant, each at a
 * line's start; anything else is refused here, and so is a circle.
 */
final class Modules {
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (\\{[^}]+}) from \"([^\"]+)\";$");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export (?=(?:async )?(?:function\\*?|const) (\\w+))");
    private static final Pattern OTHER = Pattern.compile("(?m)^\\s*(?:import|export)\\b.*|</script|<!--");

    /** Each module that is joined, as JavaScript; null while those it imports are. */
    private final Map<String, String> joined = new LinkedHashMap<>();

    private final List<String> order = new ArrayList<>();
    private final UnaryOperator<String> texts;

    private Modules(UnaryOperator<String> texts) {
        this.texts = texts;
    }

    /**
     * A module with all it imports; what it exports itself becomes the properties of {@code featuremap}.
     *
     * @param main its path, which those of the others count from
     * @param texts what stands in the module of a path
     */
    static String join(String main, UnaryOperator<String> texts) {
        Modules modules = new Modules(texts);
        modules.add(main);
        return modules.order.stream()
                .map(module -> "modules[\"" + module + "\"] = (() => {\n" + modules.joined.get(module) + "})();\n")
                .collect(Collectors.joining(
                        "",
                        "\"use strict\";\n(() => {\nconst modules = {};\n",
                        "globalThis.featuremap = modules[\"" + main + "\"];\n})();\n"));
    }

    private void add(String module) {
        if (joined.containsKey(module)) {
            if (joined.get(module) == null) {
                throw new IllegalStateException(module + " imports itself by way of others");
            }
            return;
        }
        joined.put(module, null);
        String text = texts.apply(module);
        for (MatchResult imported : IMPORT.matcher(text).results().toList()) {
            add(path(module, imported.group(2)));
        }
        List<String> exported =
                EXPORT.matcher(text).results().map(export -> export.group(1)).toList();
        String plain = IMPORT.matcher(EXPORT.matcher(text).replaceAll(""))
                .replaceAll(found ->
                        Matcher.quoteReplacement("const " + found.group(1).replace(" as ", ": ") + " = modules[\""
                                + path(module, found.group(2)) + "\"];"));
        OTHER.matcher(plain).results().findFirst().ifPresent(line -> {
            throw new IllegalStateException(module + ": cannot be joined: " + line.group());
        });
        joined.put(module, plain + "return { " + String.join(", ", exported) + " };\n");
        order.add(module);
    }

    private static String path(String from, String relative) {
        return URI.create(from).resolve(relative).getPath();
    }
}
