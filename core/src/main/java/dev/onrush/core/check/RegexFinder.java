package dev.onrush.core.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

/**
 * Matches of a regular expression in the body: as {@link String} the first group, or the whole match if the pattern has no group;
 * as {@link List} of texts a fixed number of groups, null for a group that took no part.
 */
public final class RegexFinder<T> implements MultipleFinder<T> {
    private static final long DEFAULT_BUDGET =
            Settings.defaults().duration(Setting.CHECK_TIMEOUT).toNanos();

    private final Expression<String> text;
    private final CompiledText<Pattern> pattern;
    private final int groups;
    private final long budgetNanos;

    private RegexFinder(Expression<String> text, int groups, long budgetNanos) {
        this.text = text;
        this.pattern = new CompiledText<>("regex", text, regex -> compile(regex, groups));
        this.groups = groups;
        this.budgetNanos = budgetNanos;
    }

    /** The first group, or the whole match. */
    public static RegexFinder<String> of(Expression<String> pattern) {
        return new RegexFinder<>(pattern, 0, DEFAULT_BUDGET);
    }

    /** The same pattern, giving its first {@code count} groups. */
    public RegexFinder<List<String>> groups(int count) {
        return new RegexFinder<>(text, count, budgetNanos);
    }

    private static Pattern compile(String regex, int groups) {
        try {
            Pattern compiled = Pattern.compile(regex);
            int present = compiled.matcher("").groupCount();
            if (present < groups) {
                throw new IllegalArgumentException(groups + " groups are asked for, the pattern has " + present);
            }
            return compiled;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription() + " at position " + (e.getIndex() + 1), e);
        }
    }

    @Override
    public String name() {
        return "regex " + pattern;
    }

    @Override
    public CheckScope scope() {
        return CheckScope.BODY;
    }

    @Override
    public boolean readsBody() {
        return true;
    }

    @Override
    public Set<String> reads() {
        return text.attributes();
    }

    @Override
    public List<String> problems() {
        return pattern.problems();
    }

    @Override
    public MultipleFinder<T> under(Settings settings) {
        return new RegexFinder<>(
                text, groups, settings.duration(Setting.CHECK_TIMEOUT).toNanos());
    }

    @Override
    public Object find(CheckedResponse response, UserSession session, int place) {
        Matcher matcher = matcher(response, session);
        for (int i = 0; i < place; i++) {
            if (!matcher.find()) {
                return Finder.NONE;
            }
        }
        return matcher.find() ? value(matcher) : Finder.NONE;
    }

    @Override
    public List<?> findAll(CheckedResponse response, UserSession session) {
        Matcher matcher = matcher(response, session);
        List<Object> all = new ArrayList<>();
        while (matcher.find()) {
            Object value = value(matcher);
            if (value != Finder.NONE) {
                all.add(value);
            }
        }
        return all;
    }

    @Override
    public int count(CheckedResponse response, UserSession session) {
        Matcher matcher = matcher(response, session);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }

    private Matcher matcher(CheckedResponse response, UserSession session) {
        return pattern.in(session).matcher(new TimedText(response.body().string(), budgetNanos));
    }

    private Object value(Matcher matcher) {
        if (groups == 0) {
            String text = matcher.group(matcher.groupCount() == 0 ? 0 : 1);
            return text == null ? Finder.NONE : text;
        }
        List<@Nullable String> values = new ArrayList<>(groups);
        for (int i = 1; i <= groups; i++) {
            values.add(matcher.group(i));
        }
        return Collections.unmodifiableList(values);
    }
}
