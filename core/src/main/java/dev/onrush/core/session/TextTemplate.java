package dev.onrush.core.session;

import java.util.Set;

/** Text with placeholders. */
final class TextTemplate implements Expression<String> {
    private final ParsedText parsed;
    private final Object[] parts;

    TextTemplate(ParsedText parsed) {
        this.parsed = parsed;
        this.parts = parsed.parts().toArray();
    }

    @Override
    public String evaluate(UserSession session) {
        Object[] all = parts;
        if (all.length == 1) {
            return part(all[0], session);
        }
        if (all.length == 2) {
            return part(all[0], session).concat(part(all[1], session));
        }
        StringBuilder text = new StringBuilder(64);
        for (Object part : all) {
            text.append(part(part, session));
        }
        return text.toString();
    }

    private static String part(Object part, UserSession session) {
        return part instanceof Placeholder placeholder ? Conversion.text(placeholder.value(session)) : (String) part;
    }

    @Override
    public String source() {
        return parsed.text();
    }

    @Override
    public Set<String> attributes() {
        return parsed.attributes();
    }

    @Override
    public String toString() {
        return source();
    }
}
