package dev.onrush.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

/** Elements of an HTML page that a CSS selector chooses, or something of each: its text, an attribute, what its form sends. */
public final class CssFinder<T> extends BodySearch<T, Evaluator> {
    private final String words;
    private final Reading<T> reading;
    private final long budgetNanos;

    private CssFinder(
            String word, CompiledText<Evaluator> selector, String words, Reading<T> reading, long budgetNanos) {
        super(word, selector);
        this.words = words;
        this.reading = reading;
        this.budgetNanos = budgetNanos;
    }

    private static <T> CssFinder<T> of(String word, Expression<String> selector, String words, Reading<T> reading) {
        CompiledText<Evaluator> compiled = new CompiledText<>(word, selector, Html::selector);
        return new CssFinder<>(word, compiled, words, reading, Html.DEFAULT_BUDGET);
    }

    /** From an element to what is wanted of it; null if it has no such thing. */
    @FunctionalInterface
    private interface Reading<T> {
        @Nullable
        T read(Element element);
    }

    /** The text of each element and all within it, without white space around. */
    public static CssFinder<String> texts(Expression<String> selector) {
        return of("css", selector, "", element -> element.wholeText().strip());
    }

    /** An attribute of each element that has it. */
    public static CssFinder<String> attributes(Expression<String> selector, String attribute) {
        return of(
                "css",
                selector,
                ", attribute " + attribute,
                element -> element.hasAttr(attribute) ? element.attr(attribute) : null);
    }

    /** What each form among the elements would send. */
    public static CssFinder<Map<String, Object>> forms(Expression<String> selector) {
        return of("form", selector, "", HtmlForm::values);
    }

    /** The elements themselves. */
    public CssFinder<Element> nodes() {
        return new CssFinder<>("css", text, "", element -> element, budgetNanos);
    }

    @Override
    public String name() {
        return super.name() + words;
    }

    @Override
    public MultipleFinder<T> under(Settings settings) {
        return new CssFinder<>(
                word(),
                text,
                words,
                reading,
                settings.duration(Setting.CHECK_TIMEOUT).toNanos());
    }

    @Override
    public List<T> findAll(CheckedResponse response, UserSession session) {
        return found(response, session, Integer.MAX_VALUE);
    }

    @Override
    public Object find(CheckedResponse response, UserSession session, int place) {
        List<T> found = found(response, session, place + 1);
        return place < found.size() ? found.get(place) : Finder.NONE;
    }

    /** The first so many. */
    private List<T> found(CheckedResponse response, UserSession session, int most) {
        Evaluator selector = text.in(session);
        Document page = response.body().html();
        TimeBudget budget = new TimeBudget(budgetNanos);
        TextLimit limit = new TextLimit();
        List<T> found = new ArrayList<>();
        for (Element element : Html.select(page, selector, budget)) {
            Html.look(budget);
            T value = reading.read(element);
            if (value != null) {
                found.add(value);
                limit.add(value);
            }
            if (found.size() >= most) {
                break;
            }
        }
        return found;
    }
}
