package dev.featuremap.experiment;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every key a kind of file may have, read off the records' own declarations, so that no list can be out of date. */
final class AllKeys {
    /** The type of a path. */
    static final String PATH = "a path";

    /** Keys without their {@code when}, each with the choices that have it: the same key of several forms is one. */
    private final Map<KeyDescription, List<String>> found = new LinkedHashMap<>();

    private AllKeys() {}

    /** All keys of a file that is {@code type}, in its order; a key that several forms share in every respect appears once. */
    static List<KeyDescription> of(Class<? extends Record> type) {
        AllKeys keys = new AllKeys();
        keys.addRecord(type, "", "");
        List<KeyDescription> all = new ArrayList<>();
        keys.found.forEach((key, choices) -> all.add(key.when(together(choices))));
        return List.copyOf(all);
    }

    private void addRecord(Class<?> type, String path, String choice) {
        for (RecordComponent component : type.getRecordComponents()) {
            Key key = component.getAnnotation(Key.class);
            String itsPath = path.isEmpty() ? component.getName() : path + "." + component.getName();
            boolean required = key.byDefault().isEmpty() && component.getType() != Optional.class;
            add(
                    new KeyDescription(
                            itsPath,
                            "",
                            key.isPath() ? PATH : Schema.kind(component.getGenericType(), ""),
                            required,
                            key.byDefault(),
                            key.range(),
                            key.value()),
                    choice);
            addBelow(component.getGenericType(), itsPath);
        }
    }

    private void addBelow(Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            boolean list = generic.getRawType() == List.class;
            addBelow(generic.getActualTypeArguments()[0], list ? path + "[]" : path);
            return;
        }
        Class<?> kind = (Class<?>) type;
        if (kind.isSealed()) {
            addForms(kind, path);
        } else if (kind.isRecord() && !Schema.isWritten(kind)) {
            addRecord(kind, path, "");
        }
    }

    private void addForms(Class<?> sealed, String path) {
        Map<String, Class<? extends Record>> forms = Schema.forms(sealed);
        Optional<Choice> choice = Schema.choice(sealed);
        choice.ifPresent(made -> add(
                new KeyDescription(
                        path + "." + made.key(),
                        "",
                        String.join(", ", forms.keySet()),
                        made.bare() == Record.class,
                        "",
                        "",
                        made.meaning()),
                ""));
        forms.forEach((name, form) -> addRecord(
                form, path, choice.map(made -> made.key() + ": " + name).orElse("with " + name)));
    }

    private void add(KeyDescription key, String choice) {
        List<String> choices = found.computeIfAbsent(key, absent -> new ArrayList<>());
        if (!choice.isEmpty() && !choices.contains(choice)) {
            choices.add(choice);
        }
    }

    /** {@code type: adam} and {@code type: nadam} become {@code type: adam, nadam}. */
    private static String together(List<String> choices) {
        StringBuilder when = new StringBuilder();
        for (String choice : choices) {
            when.append(when.isEmpty() ? choice : ", " + choice.substring(choice.indexOf(' ') + 1));
        }
        return when.toString();
    }
}
