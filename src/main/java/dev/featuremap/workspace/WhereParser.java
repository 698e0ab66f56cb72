package dev.featuremap.workspace;

import dev.featuremap.Failure;
import dev.featuremap.Spelling;
import dev.featuremap.workspace.Where.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@link Where} by recursive descent:
 *
 * <pre>
 * question   := all ("or" all)*
 * all        := one ("and" one)*
 * one        := "not" one | "(" question ")" | KEY OPERATOR VALUE
 * </pre>
 *
 * <p>A key and a value are a word, which ends at a blank, a parenthesis or an operator, or text in quotes.
 */
final class WhereParser {
    private static final String REMEDY = "docs/runs.md says what can be asked, such as: accuracy > 0.99 and loss = mse";
    private static final int DEEPEST = 100;

    /** Its unit stands after a blank. */
    private static final String NUMBER_APART = "[+-]?[\\d.]+(?:[eE][+-]?\\d+)?\\s+(?:%|s|m|min|h|d|w)(?=[\\s)]|$)";

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<operator><=|>=|!=|==|[=<>~])|(?<parenthesis>[()])|\"(?<double>[^\"]*)\"|'(?<single>[^']*)'|(?<word>"
                    + NUMBER_APART + "|[^\\s()=<>!~\"']+))");

    private static final Pattern NUMBER =
            Pattern.compile("(?<number>[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*(?<unit>%|[a-z]*)");
    private static final Map<String, Double> SECONDS =
            Map.of("s", 1.0, "m", 60.0, "min", 60.0, "h", 3600.0, "d", 86_400.0, "w", 7 * 86_400.0);

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int next;
    private int depth;

    private enum Form {
        WORD,
        QUOTED,
        OPERATOR,
        PARENTHESIS,
        END
    }

    /** @param at where it begins in the question */
    private record Token(Form form, String text, int at) {
        boolean is(String word) {
            return (form == Form.WORD || form == Form.PARENTHESIS) && text.equalsIgnoreCase(word);
        }
    }

    WhereParser(String text) {
        this.text = text;
    }

    Where parse() {
        split();
        Where question = any();
        if (peek().form != Form.END) {
            throw refused(peek(), "expected and, or, or the end; a text with blanks stands in quotes");
        }
        return question;
    }

    private void split() {
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (matcher.region(at, text.length()).lookingAt()) {
            for (Map.Entry<String, Form> group : Map.of(
                            "operator", Form.OPERATOR,
                            "parenthesis", Form.PARENTHESIS,
                            "double", Form.QUOTED,
                            "single", Form.QUOTED,
                            "word", Form.WORD)
                    .entrySet()) {
                if (matcher.group(group.getKey()) != null) {
                    int quote = group.getValue() == Form.QUOTED ? 1 : 0;
                    tokens.add(new Token(
                            group.getValue(), matcher.group(group.getKey()), matcher.start(group.getKey()) - quote));
                }
            }
            at = matcher.end();
        }
        int rest = at
                + text.substring(at).length()
                - text.substring(at).stripLeading().length();
        if (rest < text.length()) {
            char found = text.charAt(rest);
            throw refused(
                    new Token(Form.END, "", rest),
                    found == '!' ? "expected !=" : "a quote " + found + " that does not end");
        }
        tokens.add(new Token(Form.END, "", text.length()));
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Where any() {
        return chain("or", this::all, Where.Or::new);
    }

    private Where all() {
        return chain("and", this::one, Where.And::new);
    }

    private Where chain(String word, Supplier<Where> part, Function<List<Where>, Where> joined) {
        List<Where> parts = new ArrayList<>(List.of(part.get()));
        while (peek().is(word)) {
            next++;
            parts.add(part.get());
        }
        return parts.size() == 1 ? parts.get(0) : joined.apply(parts);
    }

    private Where one() {
        Token token = peek();
        if (++depth > DEEPEST) {
            throw refused(token, "nested deeper than " + DEEPEST + " levels");
        }
        Where one;
        if (token.is("not")) {
            next++;
            one = new Where.Not(one());
        } else if (token.is("(")) {
            next++;
            one = any();
            if (!peek().is(")")) {
                throw refused(peek(), "expected )");
            }
            next++;
        } else {
            one = comparison();
        }
        depth--;
        return one;
    }

    private Where comparison() {
        Token name = peek();
        if (name.form != Form.WORD || name.is("and") || name.is("or")) {
            throw refused(name, "expected a key");
        }
        next++;
        Operator operator = operator();
        Token value = peek();
        if (value.form != Form.WORD && value.form != Form.QUOTED) {
            throw refused(value, "expected a value to compare " + name.text + " with");
        }
        next++;
        Optional<Matcher> number =
                Optional.of(NUMBER.matcher(value.text)).filter(matcher -> value.form == Form.WORD && matcher.matches());
        EntryKey key = key(name, number.isPresent());
        if (key.isOfNumbers()) {
            if (operator == Operator.CONTAINS) {
                throw refused(name, key.name() + " is a number, which has = != < <= > >=");
            }
            return new Where.OfNumber(key, operator, number(key, value, number));
        }
        if (operator.isOfOrder()) {
            throw refused(name, key.name() + " is no number: it has = != ~");
        }
        if (operator != Operator.CONTAINS
                && !key.words().isEmpty()
                && !key.words().contains(value.text)) {
            throw refused(
                    value, key.name() + " is one of " + key.choices() + Spelling.didYouMean(key.words(), value.text));
        }
        return new Where.OfText(key, operator, value.text);
    }

    private EntryKey key(Token name, boolean isNumber) {
        try {
            return EntryKey.of(name.text, isNumber);
        } catch (Failure e) {
            throw refused(name, e.getMessage(), e.remedy());
        }
    }

    private Operator operator() {
        Token token = peek();
        if (token.form != Form.OPERATOR) {
            throw refused(token, "expected one of = != < <= > >= ~");
        }
        next++;
        String sign = token.text.equals("==") ? "=" : token.text;
        return Arrays.stream(Operator.values())
                .filter(operator -> operator.sign.equals(sign))
                .findFirst()
                .orElseThrow();
    }

    /** In the key's unit: seconds of durations; a percentage as a share. */
    private double number(EntryKey key, Token value, Optional<Matcher> number) {
        String unit = number.map(matcher -> matcher.group("unit")).orElse("none");
        double of = number.map(matcher -> Double.parseDouble(matcher.group("number")))
                .orElse(0.0);
        if (unit.isEmpty()) {
            return of;
        }
        if (key.type() == EntryKey.Type.DURATION && SECONDS.containsKey(unit)) {
            return of * SECONDS.get(unit);
        }
        if (key.type() == EntryKey.Type.NUMBER && unit.equals("%")) {
            return of / 100;
        }
        throw refused(
                value,
                key.name()
                        + (key.type() == EntryKey.Type.DURATION
                                ? " is a duration, such as 90s, 30m, 12h, 2d or 1w"
                                : " is a number, such as 0.99, 99% or 1e-3"));
    }

    private Failure refused(Token at, String expected) {
        return refused(at, expected, REMEDY);
    }

    private Failure refused(Token token, String expected, String remedy) {
        MisreadException misread = new MisreadException(text, token.at);
        return new Failure(Failure.Kind.USAGE, "--where, " + misread.getMessage() + ": " + expected, remedy, misread);
    }
}
