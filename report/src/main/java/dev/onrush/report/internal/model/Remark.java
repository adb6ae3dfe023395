package dev.onrush.report.internal.model;

import java.util.Locale;

/**
 * What a reader should know before trusting a number.
 *
 * @param place beside which numbers of the page it stands
 */
public record Remark(Place place, String text) {
    /** As the page's markup names it, in lower case. */
    enum Place {
        RUN,
        LOAD,
        COUNTS,
        TIMES;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Remark {
        text = text.endsWith(".") ? text : text + ".";
    }
}
