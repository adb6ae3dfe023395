package dev.onrush.dsl;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Require;

/** URLs told by regular expressions, each of which must match a whole URL. Immutable. */
public abstract sealed class Filter {
    private final List<Pattern> patterns;

    private Filter(String word, @Nullable List<String> patterns) {
        this.patterns = Require.notNull(word, patterns).stream()
                .map(regex -> Require.pattern(word, regex))
                .toList();
    }

    /** Whether it has no pattern, and says nothing: recorders write {@code AllowList()}. */
    final boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether one of the patterns matches the whole of that URL. */
    final boolean matches(String url) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(url).matches());
    }

    /** What is fetched. */
    public static final class AllowList extends Filter {
        AllowList(@Nullable List<String> patterns) {
            super("AllowList", patterns);
        }
    }

    /** What is not fetched. */
    public static final class DenyList extends Filter {
        DenyList(@Nullable List<String> patterns) {
            super("DenyList", patterns);
        }
    }
}
