package dev.onrush.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.onrush.core.measure.RunStatistics;

/** The page of a run. */
final class HtmlPage {
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

    static String of(RunStatistics statistics, RunOutcome outcome) {
        List<TableTree.Line> lines = TableTree.of(statistics);
        PageModel page = PageComposer.compose(statistics, outcome, lines);
        RunData run = new RunData(
                statistics.run().durationSeconds(),
                statistics.run().measuredSeconds(),
                page.rows().stream().map(PageModel.Row::note).toList());
        return Own.FILE.render(page, Map.of("data", PageFigures.of(statistics, lines), "run", run));
    }

    /** A file of this package. Line ends are LF whatever the checkout did: a browser hashes them so. */
    static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from onrush-report");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
