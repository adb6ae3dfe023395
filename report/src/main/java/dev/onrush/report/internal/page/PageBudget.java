package dev.onrush.report.internal.page;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ExchangeText;
import dev.onrush.core.measure.ErrorCount;
import dev.onrush.core.measure.ExchangeSample;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.internal.html.ScriptJson;

/** How long the page of a run may become, in characters. */
final class PageBudget {
    /** The whole page stays below that, unless names and messages alone are longer. */
    private static final long PAGE = 3 << 20;
    /** Scripts, styles, facts, and the lines of the table that need no script. */
    private static final long SCRIPTS_AND_WORDS = 400 << 10;
    /** A line of the table of errors, but for its texts. */
    private static final long ERROR = 300;

    private static final long MOST_FOR_CELLS = 2300 << 10;
    private static final long LEAST_FOR_CELLS = 64 << 10;

    private PageBudget() {}

    /** What is left for the cells: the page's limit less all that else stands in it. */
    static long forCells(RunStatistics statistics, List<PageData.TableRow> rows, PageData.@Nullable Axis axis) {
        long figures = ScriptJson.of(rows).length()
                + (axis == null ? 0 : ScriptJson.of(axis).length());
        long left = PAGE - SCRIPTS_AND_WORDS - figures - errors(statistics) - samples(statistics);
        return Math.max(LEAST_FOR_CELLS, Math.min(MOST_FOR_CELLS, left));
    }

    private static long errors(RunStatistics statistics) {
        long taken = 0;
        for (ErrorCount error : statistics.errors()) {
            taken += ERROR + error.message().length();
            for (String request : error.requests()) {
                taken += request.length();
            }
        }
        return taken;
    }

    private static long samples(RunStatistics statistics) {
        List<ExchangeSample> all = statistics.samples();
        long taken = 0;
        for (ExchangeSample sample : all.subList(0, Math.min(ErrorRows.MOST_SAMPLES_IN_ALL, all.size()))) {
            ExchangeText text = sample.text();
            taken += text.requestHead().length()
                    + text.requestBody().length()
                    + text.responseHead().length()
                    + text.responseBody().length();
        }
        return taken;
    }
}
