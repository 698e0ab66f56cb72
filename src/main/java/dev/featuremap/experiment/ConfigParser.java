package dev.featuremap.experiment;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 text into {@link ConfigNode}s, refusing what a configuration does not need: tags, anchors, aliases,
 * further documents, keys that are not scalars, repeated keys, nesting deeper than {@value #DEEPEST}.
 *
 * <p>It works on the parser's events, so nothing is refused too late: no object is made from a tag and no alias is
 * followed, and the nesting is cut off before the text behind it is read.
 */
final class ConfigParser {
    /** Longest text, in code points and, as a file, in bytes. */
    static final int LONGEST = 1 << 20;

    private static final int DEEPEST = 16;
    private static final Pattern BRACKETED_OR_QUOTED = Pattern.compile("[\\[{].*|\".*\"|'.*'", Pattern.DOTALL);
    private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();

    private final Iterator<Event> events;
    private final boolean lined;

    private ConfigParser(String text, boolean lined) {
        // A value has no comments: they are made events only to be refused, where a file's are passed over.
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(LONGEST)
                .setParseComments(!lined)
                .build();
        this.events = new Parse(settings).parseString(text).iterator();
        this.lined = lined;
    }

    /** The one document of a file; empty if the text holds none. */
    static Optional<ConfigNode> file(String text, String source) {
        return parse(text, Place.root(source), true);
    }

    /**
     * A value that stands in no file, so its place has no lines; empty if nothing is written. What is in quotes, or begins
     * with a bracket, is YAML; anything else is one scalar as it stands, whatever characters it has.
     */
    static Optional<ConfigNode> value(String text, Place place) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return Optional.empty();
        }
        if (BRACKETED_OR_QUOTED.matcher(trimmed).matches()) {
            return parse(trimmed, place, false);
        }
        ConfigNode.Kind kind = kind(trimmed);
        return Optional.of(new ConfigNode.Scalar(place, kind == ConfigNode.Kind.TEXT ? text : trimmed, kind));
    }

    private static Optional<ConfigNode> parse(String text, Place place, boolean lined) {
        try {
            return new ConfigParser(text, lined).document(place);
        } catch (MarkedYamlEngineException broken) {
            int line = lined ? broken.getProblemMark().map(ConfigParser::line).orElse(0) : 0;
            throw Refusal.notYaml(at(place, line), Shown.text(broken.getProblem()));
        } catch (ReaderException unreadable) {
            int line = lined
                    ? 1
                            + (int) text.codePoints()
                                    .limit(unreadable.getPosition())
                                    .filter(c -> c == '\n')
                                    .count()
                    : 0;
            throw Refusal.notYaml(
                    at(place, line), "character " + Shown.text(Character.toString(unreadable.getCodePoint())));
        } catch (YamlEngineException refused) {
            throw Refusal.notYaml(place, Shown.text(refused.getMessage()));
        }
    }

    private Optional<ConfigNode> document(Place place) {
        next(place); // the stream's start
        if (!(next(place) instanceof DocumentStartEvent)) {
            return Optional.empty();
        }
        ConfigNode root = node(next(place), place, 1);
        next(place); // the document's end
        Event after = next(place);
        if (after instanceof DocumentStartEvent) {
            throw Refusal.yamlFeature(at(place, line(after)), "a second document begins");
        }
        return Optional.of(root);
    }

    private Event next(Place place) {
        Event event = events.next();
        if (event instanceof CommentEvent comment) {
            throw Refusal.yamlFeature(
                    place, "a comment, #" + Shown.text(comment.getValue()), "Put text that has a # into quotes.");
        }
        return event;
    }

    private ConfigNode node(Event event, Place place, int depth) {
        check(event, place);
        if (event instanceof ScalarEvent scalar) {
            return new ConfigNode.Scalar(place, scalar.getValue(), kind(scalar));
        }
        if (depth > DEEPEST) {
            throw Refusal.yamlFeature(at(place.parent(), line(event)), "nested deeper than " + DEEPEST + " levels");
        }
        return event instanceof SequenceStartEvent ? sequence(place, depth) : mapping(place, depth);
    }

    private ConfigNode.Sequence sequence(Place place, int depth) {
        List<ConfigNode> items = new ArrayList<>();
        for (Event event = next(place); !(event instanceof CollectionEndEvent); event = next(place)) {
            items.add(node(event, place.index(items.size(), line(event)), depth + 1));
        }
        return new ConfigNode.Sequence(place, items);
    }

    private ConfigNode.Mapping mapping(Place place, int depth) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        for (Event event = next(place); !(event instanceof CollectionEndEvent); event = next(place)) {
            check(event, at(place, line(event)));
            if (!(event instanceof ScalarEvent key)) {
                throw Refusal.yamlFeature(at(place, line(event)), "a key that is a list or a map");
            }
            Place itsPlace = place.key(key.getValue(), line(event));
            ConfigNode first = entries.get(key.getValue());
            if (first != null) {
                throw Refusal.repeatedKey(itsPlace, first.place());
            }
            entries.put(key.getValue(), node(next(itsPlace), itsPlace, depth + 1));
        }
        return new ConfigNode.Mapping(place, entries);
    }

    private void check(Event event, Place place) {
        if (event instanceof AliasEvent alias) {
            throw Refusal.yamlFeature(
                    place, "an alias, *" + Shown.text(alias.getAlias().getValue()));
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw Refusal.yamlFeature(
                    place, "an anchor, &" + Shown.text(node.getAnchor().get().getValue()));
        }
        Optional<String> tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
        if (tag.isPresent()) {
            throw Refusal.yamlFeature(place, "a tag, " + Shown.text(tag.get()));
        }
    }

    private static ConfigNode.Kind kind(ScalarEvent scalar) {
        return scalar.isPlain() ? kind(scalar.getValue()) : ConfigNode.Kind.TEXT;
    }

    private static ConfigNode.Kind kind(String plain) {
        Tag tag = RESOLVER.resolve(plain, true);
        if (tag.equals(Tag.NULL)) {
            return ConfigNode.Kind.NULL;
        } else if (tag.equals(Tag.BOOL)) {
            return ConfigNode.Kind.BOOLEAN;
        } else if (tag.equals(Tag.INT)) {
            return ConfigNode.Kind.INTEGER;
        } else if (tag.equals(Tag.FLOAT)) {
            return ConfigNode.Kind.FLOAT;
        }
        return ConfigNode.Kind.TEXT;
    }

    private int line(Event event) {
        return lined ? event.getStartMark().map(ConfigParser::line).orElse(0) : 0;
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    private static Place at(Place place, int line) {
        return new Place(place.parent(), place.step(), place.source(), line);
    }
}
