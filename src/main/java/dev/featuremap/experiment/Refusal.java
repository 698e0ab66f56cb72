package dev.featuremap.experiment;

import dev.featuremap.Failure;
import java.util.List;

/** The failures a configuration can meet, each with its place, what was found and what is allowed. */
final class Refusal {
    private Refusal() {}

    static Failure unknownKey(Place place, String key, List<String> keys, String note) {
        return Failure.usage(
                place + ": unknown key; allowed: " + Shown.choose(keys, key) + note,
                "Correct the key's name, or remove it.");
    }

    static Failure repeatedKey(Place place, Place first) {
        String where = first.line() == 0 ? "" : "; first on line " + first.line();
        return Failure.usage(place + ": repeated key" + where, "Keep one of the two.");
    }

    static Failure missingKey(Place place, String what) {
        return Failure.usage(place + ": missing; " + what, "Add the key.");
    }

    static Failure value(Place place, String found, String allowed) {
        return Failure.usage(place + ": found " + found + "; allowed: " + allowed, "Give an allowed value.");
    }

    /** Keys that tell forms apart, of which there must be one. */
    static Failure severalForms(Place place, List<String> keys) {
        return Failure.usage(
                place + ": found " + String.join(" and ", keys) + "; allowed: one of them",
                "Keep the one that is meant; on the command line, replace the whole block: " + place.path() + "={"
                        + keys.get(keys.size() - 1) + ": ...}.");
    }

    static Failure word(Place place, ConfigNode found, List<String> words) {
        String written = found instanceof ConfigNode.Scalar scalar ? scalar.text() : "";
        return Failure.usage(
                place + ": found " + Shown.node(found) + "; allowed: " + Shown.choose(words, written),
                "Give one of the allowed values.");
    }

    static Failure notYaml(Place place, String problem) {
        return Failure.usage(
                place + ": not YAML: " + problem,
                place.isLined()
                        ? "Correct the line; conf/experiment holds files that work."
                        : "Correct the brackets; text that begins with one goes into quotes, inside the shell's own.");
    }

    static Failure yamlFeature(Place place, String feature) {
        return yamlFeature(place, feature, "Write the value out in its place.");
    }

    static Failure yamlFeature(Place place, String feature, String remedy) {
        return Failure.usage(place + ": " + feature + "; an experiment is plain keys, lists and values", remedy);
    }

    static Failure override(String source, String cause) {
        return Failure.usage(
                source + ": " + cause,
                "Write key=value with the key's dotted path, such as training.epochs=1, loss=mae or"
                        + " network.layers.0.filters=8.");
    }
}
