package dev.onrush.core.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

/**
 * Matches of a regular expression in the body, or in other texts of a response: as {@link String} the first group, or the whole
 * match if the pattern has no group; as {@link List} of texts a fixed number of groups, null for a group that took no part.
 */
public final class RegexFinder<T> implements MultipleFinder<T> {
    private static final long DEFAULT_BUDGET =
            Settings.defaults().duration(Setting.CHECK_TIMEOUT).toNanos();

    private static final MultipleFinder<String> BODY = MultipleFinder.just(WholeBodyFinder.string());

    private final MultipleFinder<String> texts;
    private final Expression<String> text;
    private final CompiledText<Pattern> pattern;
    private final int groups;
    private final long budgetNanos;

    private RegexFinder(MultipleFinder<String> texts, Expression<String> text, int groups, long budgetNanos) {
        this.texts = texts;
        this.text = text;
        this.pattern = new CompiledText<>("regex", text, regex -> compile(regex, groups));
        this.groups = groups;
        this.budgetNanos = budgetNanos;
    }

    /** The first group, or the whole match, in the body. */
    public static RegexFinder<String> of(Expression<String> pattern) {
        return in(BODY, pattern);
    }

    /** The first group, or the whole match, in each of those texts. */
    public static RegexFinder<String> in(MultipleFinder<String> texts, Expression<String> pattern) {
        return new RegexFinder<>(texts, pattern, 0, DEFAULT_BUDGET);
    }

    /** The same pattern, giving its first {@code count} groups. */
    public RegexFinder<List<String>> groups(int count) {
        return new RegexFinder<>(texts, text, count, budgetNanos);
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
        return texts == BODY ? "regex " + pattern : texts.name() + ", regex " + pattern;
    }

    @Override
    public CheckScope scope() {
        return texts.scope();
    }

    @Override
    public boolean readsBody() {
        return texts.readsBody();
    }

    @Override
    public Set<String> reads() {
        Set<String> names = new LinkedHashSet<>(texts.reads());
        names.addAll(text.attributes());
        return names;
    }

    @Override
    public List<String> problems() {
        return Stream.concat(texts.problems().stream(), pattern.problems().stream())
                .toList();
    }

    @Override
    public MultipleFinder<T> under(Settings settings) {
        long budget = settings.duration(Setting.CHECK_TIMEOUT).toNanos();
        return new RegexFinder<>(texts, text, groups, budget);
    }

    @Override
    public Object find(CheckedResponse response, UserSession session, int place) throws Exception {
        int before = place;
        for (Matcher matcher : matchers(response, session)) {
            while (matcher.find()) {
                if (before-- == 0) {
                    return value(matcher);
                }
            }
        }
        return Finder.NONE;
    }

    @Override
    public List<?> findAll(CheckedResponse response, UserSession session) throws Exception {
        List<Object> all = new ArrayList<>();
        for (Matcher matcher : matchers(response, session)) {
            while (matcher.find()) {
                Object value = value(matcher);
                if (value != Finder.NONE) {
                    all.add(value);
                }
            }
        }
        return all;
    }

    @Override
    public int count(CheckedResponse response, UserSession session) throws Exception {
        int count = 0;
        for (Matcher matcher : matchers(response, session)) {
            while (matcher.find()) {
                count++;
            }
        }
        return count;
    }

    /** One for each text; all of them share the time they may take. */
    private List<Matcher> matchers(CheckedResponse response, UserSession session) throws Exception {
        Pattern compiled = pattern.in(session);
        TimeBudget budget = new TimeBudget(budgetNanos);
        List<Matcher> matchers = new ArrayList<>(1);
        for (Object each : texts.findAll(response, session)) {
            matchers.add(compiled.matcher(new TimedText(String.valueOf(each), budget)));
        }
        return matchers;
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
