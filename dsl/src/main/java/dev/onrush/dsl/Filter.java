package dev.onrush.dsl;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;

/** URLs told by regular expressions, each of which must match a whole URL. Immutable. */
public abstract sealed class Filter {
    private final List<Pattern> patterns;

    private Filter(String word, @Nullable List<String> patterns) {
        List<String> given = Require.notNull(word, patterns);
        if (given.isEmpty()) {
            throw new DefinitionException(word + ": at least one pattern is needed, none was given.");
        }
        this.patterns =
                given.stream().map(regex -> Require.pattern(word, regex)).toList();
    }

    /** Whether one of the patterns matches the whole of that URL. */
    public final boolean matches(String url) {
        Require.notNull("matches: URL", url);
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
