package dev.onrush.core.check;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.select.CombiningEvaluator;
import org.jsoup.select.Elements;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;
import org.jsoup.select.Selector;

import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

/** Reads pages of a target that may mean harm: depth is limited, and so is the time a selector may take. */
final class Html {
    static final long DEFAULT_BUDGET =
            Settings.defaults().duration(Setting.CHECK_TIMEOUT).toNanos();

    /** Ten times what the largest honest page needs. */
    private static final long MOST_READING_NANOS = 5_000_000_000L;

    /** As in browsers: what is nested deeper becomes a sibling. */
    private static final int MOST_LEVELS = 512;

    private Html() {}

    /** @throws CheckTimeoutException a page that is made to be read slowly */
    static Document parse(String page) {
        return Parser.htmlParser().setMaxDepth(MOST_LEVELS).parseInput(new TimedReader(page), "");
    }

    /** The page, as long as there is time; it is asked for piece by piece. */
    private static final class TimedReader extends StringReader {
        private final TimeBudget budget = new TimeBudget(MOST_READING_NANOS);

        TimedReader(String page) {
            super(page);
        }

        @Override
        public int read(char[] into, int from, int most) throws IOException {
            budget.look(" to read the page.");
            return super.read(into, from, most);
        }
    }

    /** @throws IllegalArgumentException bad syntax */
    static Evaluator selector(String css) {
        if (css.isBlank()) {
            throw new IllegalArgumentException("there is no selector");
        }
        try {
            return QueryParser.parse(css);
        } catch (Selector.SelectorParseException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** @throws CheckTimeoutException if the budget is used up */
    static Elements select(Document page, Evaluator selector, TimeBudget budget) {
        return page.select(new CombiningEvaluator.And(List.of(new Timed(budget), selector)));
    }

    /** Looks at the clock; the time is that of the whole check. */
    static void look(TimeBudget budget) {
        budget.look(". Write a selector that looks at less, or raise the setting check.timeout.");
    }

    /** Holds of every element, as long as there is time. */
    private static final class Timed extends Evaluator {
        private final TimeBudget budget;

        Timed(TimeBudget budget) {
            this.budget = budget;
        }

        @Override
        public boolean matches(Element root, Element element) {
            look(budget); // each time: one element may cost a look at the whole page, as with :has(..)
            return true;
        }

        /** Asked first of all. */
        @Override
        protected int cost() {
            return 0;
        }
    }
}
