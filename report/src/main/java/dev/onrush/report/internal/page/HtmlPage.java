package dev.onrush.report.internal.page;

import java.util.List;
import java.util.Map;

import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.internal.html.PageFile;
import dev.onrush.report.internal.model.TableTree;
import dev.onrush.report.outcome.RunOutcome;

/** The page of a run. */
public final class HtmlPage {
    /** Made when the first page is. */
    private static final class Own {
        static final PageFile FILE = new PageFile("page.ftlh", List.of("page/page.css"), "page.js");
    }

    /**
     * What the scripts need to know besides the figures.
     *
     * @param notes what stands beneath the name of each line of the table
     */
    private record RunData(double duration, double measured, List<String> notes) {}

    private HtmlPage() {}

    public static String of(RunStatistics statistics, RunOutcome outcome) {
        List<TableTree.Line> lines = TableTree.of(statistics);
        PageModel page = PageComposer.compose(statistics, outcome, lines);
        RunData run = new RunData(
                statistics.run().durationSeconds(),
                statistics.run().measuredSeconds(),
                page.rows().stream().map(PageModel.Row::note).toList());
        return Own.FILE.render(page, Map.of("data", PageFigures.of(statistics, lines), "run", run));
    }
}
