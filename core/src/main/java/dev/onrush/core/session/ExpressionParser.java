package dev.onrush.core.session;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Takes a text with {@code #{…}} apart.
 *
 * <pre>
 * placeholder = "#{" ( function "(" arguments ")" | attribute ) { "(" index ")" | "." entry | "." method "()" } "}"
 * </pre>
 *
 * <p>One per text; not thread-safe.
 */
final class ExpressionParser {
    private static final String NAME_ENDS = ".(){}#\"\n\r";

    private final String text;
    private int at;
    private final List<Object> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private ExpressionParser(String text) {
        this.text = text;
    }

    static ParsedText parse(String text) {
        if (text.indexOf('#') < 0 && text.indexOf('$') < 0) {
            return new ParsedText(text, List.of(text), List.of());
        }
        ExpressionParser parser = new ExpressionParser(text);
        try {
            parser.run();
            return new ParsedText(text, List.copyOf(parser.parts), List.of());
        } catch (SyntaxException e) {
            return new ParsedText(text, List.of(), List.of(e.getMessage()));
        }
    }

    private void run() {
        while (at < text.length()) {
            int opening = nextOpening(at);
            if (opening < 0) {
                literal.append(text, at, text.length());
                break;
            }
            int backslashes = 0;
            while (opening - backslashes > at && text.charAt(opening - backslashes - 1) == '\\') {
                backslashes++;
            }
            literal.append(text, at, opening - backslashes).append("\\".repeat(backslashes / 2));
            if (backslashes % 2 == 1) {
                literal.append(text, opening, opening + 2);
                at = opening + 2;
            } else if (text.charAt(opening) == '$') {
                throw dollar(opening);
            } else {
                flushLiteral();
                at = opening + 2;
                parts.add(placeholder(opening));
            }
        }
        flushLiteral();
        if (parts.isEmpty()) {
            parts.add("");
        }
    }

    /** The next {@code #{}, or {@code ${} that is closed somewhere; -1 if there is none. */
    private int nextOpening(int from) {
        for (int i = from; i + 1 < text.length(); i++) {
            if (text.charAt(i + 1) == '{'
                    && (text.charAt(i) == '#' || (text.charAt(i) == '$' && text.indexOf('}', i) > 0))) {
                return i;
            }
        }
        return -1;
    }

    private void flushLiteral() {
        if (!literal.isEmpty()) {
            parts.add(literal.toString());
            literal.setLength(0);
        }
    }

    private Placeholder placeholder(int opening) {
        Set<String> attributes = new LinkedHashSet<>();
        List<ValueStep> steps = new ArrayList<>();
        String head = name(opening);
        ValueSource source;
        if (peek() == '(' && SessionFunctions.isKnown(head)) {
            source = function(head);
        } else {
            source = attribute(head);
            attributes.add(head);
        }
        boolean asksForExistence = false;
        while (peek() != '}') {
            if (peek() == '(') {
                steps.add(index(head, steps.isEmpty(), attributes));
            } else if (peek() == '.') {
                at++;
                int nameAt = at;
                String entry = name(opening);
                if (peek() == '(' && at + 1 < text.length() && text.charAt(at + 1) == ')') {
                    steps.add(method(entry, nameAt));
                    asksForExistence |= entry.equals("exists") || entry.equals("isUndefined");
                    at += 2;
                } else {
                    steps.add((value, session) -> Entries.entry(value, entry));
                }
            } else if (at >= text.length()) {
                throw mistake(
                        opening,
                        "#{ is never closed",
                        "Add the missing }, or write \\#{ for the characters themselves");
            } else {
                throw mistake(
                        at,
                        (peek() < ' ' ? "a line end" : "'" + peek() + "'") + " is not expected in an expression",
                        "An attribute goes on with (index), .entry or .method(), and ends with }");
            }
        }
        at++;
        return new Placeholder(
                text.substring(opening, at), source, List.copyOf(steps), asksForExistence ? Set.of() : attributes);
    }

    /** Reads up to the next character that is no part of a name. */
    private String name(int opening) {
        int from = at;
        while (at < text.length() && NAME_ENDS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at >= text.length()) {
            throw mistake(
                    opening, "#{ is never closed", "Add the missing }, or write \\#{ for the characters themselves");
        }
        String name = text.substring(from, at).trim();
        if (name.isEmpty()) {
            throw mistake(from, "a name is missing", "Write the name of a session attribute, as in #{user}");
        }
        return name;
    }

    private static ValueSource attribute(String name) {
        MissingValue missing = new MissingValue(
                "attribute \"" + name + "\" is missing. A feeder, saveAs or a session function must set it before.");
        return session -> {
            Object value = session.get(name);
            return value != null || session.contains(name) ? value : missing;
        };
    }

    private ValueSource function(String name) {
        int from = at - name.length();
        String argument = argument();
        try {
            return SessionFunctions.of(name, argument);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw mistake(from, name + "(" + argument + "): " + e.getMessage(), "Correct the arguments");
        }
    }

    private ValueStep index(String head, boolean isFirst, Set<String> attributes) {
        int from = at + 1;
        String argument = argument();
        if (argument.isEmpty()) {
            throw mistake(
                    from,
                    isFirst ? "there is no function " + head + "()" : "an index is missing",
                    "Functions are " + SessionFunctions.NAMES + "; an index is a number or the name of an attribute");
        }
        Long fixed = whole(argument);
        if (fixed != null) {
            long place = fixed;
            return (value, session) -> Entries.element(value, place);
        }
        attributes.add(argument);
        ValueSource index = attribute(argument);
        return (value, session) -> {
            Object place = index.read(session);
            if (place instanceof MissingValue) {
                return place;
            }
            Long number = place instanceof Number || place instanceof CharSequence ? whole(place.toString()) : null;
            return number == null
                    ? new MissingValue("attribute \"" + argument + "\" is no whole number, so it cannot be an index.")
                    : Entries.element(value, number);
        };
    }

    private ValueStep method(String name, int nameAt) {
        ValueStep step = SessionFunctions.step(name);
        if (step == null) {
            throw mistake(
                    nameAt,
                    "there is no method " + name + "()",
                    "Methods are " + SessionFunctions.METHODS + "; an entry is written without ()");
        }
        return step;
    }

    /** What stands in the parentheses that open here. */
    private String argument() {
        int closing = text.indexOf(')', at);
        if (closing < 0) {
            throw mistake(at, "( is never closed", "Add the missing )");
        }
        String argument = text.substring(at + 1, closing).trim();
        at = closing + 1;
        return argument;
    }

    private static @Nullable Long whole(String text) {
        try {
            return Long.valueOf(text.trim());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The character here; 0 at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private SyntaxException dollar(int opening) {
        String written = Excerpt.of(text.substring(opening, text.indexOf('}', opening) + 1), 60);
        return mistake(
                opening,
                written + " is not an expression",
                "Write #" + written.substring(1) + ", or \\$" + written.substring(1)
                        + " for the characters themselves");
    }

    private SyntaxException mistake(int position, String what, String remedy) {
        return new SyntaxException(
                "\"" + Excerpt.of(text, 80) + "\", position " + (position + 1) + ": " + what + ". " + remedy + ".");
    }

    /** A mistake in the text that is parsed; never leaves the parser. */
    private static final class SyntaxException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SyntaxException(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
