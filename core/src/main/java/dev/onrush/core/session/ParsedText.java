package dev.onrush.core.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text taken apart.
 *
 * @param parts each a {@link String} or a {@link Placeholder}, in order
 * @param problems mistakes found; if there is one, the parts are not to be used
 */
record ParsedText(String text, List<Object> parts, List<String> problems) {
    boolean isLiteral() {
        return parts.stream().allMatch(String.class::isInstance);
    }

    /** The text without its escapes; only if it is literal. */
    String literal() {
        StringBuilder all = new StringBuilder();
        parts.forEach(all::append);
        return all.toString();
    }

    /** Whether it is one placeholder and nothing else. */
    boolean isSinglePlaceholder() {
        return parts.size() == 1 && parts.get(0) instanceof Placeholder;
    }

    Set<String> attributes() {
        Set<String> names = new LinkedHashSet<>();
        for (Object part : parts) {
            if (part instanceof Placeholder placeholder) {
                names.addAll(placeholder.attributes());
            }
        }
        return names;
    }
}
