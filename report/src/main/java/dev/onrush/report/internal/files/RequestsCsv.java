package dev.onrush.report.internal.files;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.measure.Compensated;
import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.Times;
import dev.onrush.report.internal.model.GroupFigures;
import dev.onrush.report.internal.model.RequestPath;
import dev.onrush.report.internal.model.TimeColumn;

/** {@code requests.csv}: a line for all requests, one for each request and one for each group. docs/files.md has the columns. */
public final class RequestsCsv {
    private static final List<String> REQUEST_TIMES =
            List.of("responseTime", "serviceTime", "startDelay", "okResponseTime", "koResponseTime");
    private static final List<String> GROUP_TIMES = List.of("duration", "cumulated");

    private final RunStatistics statistics;
    private final List<TimeColumn> columns;
    private final CsvText csv = new CsvText();

    private RequestsCsv(RunStatistics statistics) {
        this.statistics = statistics;
        this.columns = TimeColumn.of(statistics.run().settings());
    }

    public static String of(RunStatistics statistics) {
        return new RequestsCsv(statistics).table();
    }

    private String table() {
        head();
        request("total", statistics.total());
        statistics.requests().forEach(request -> request("request", request));
        statistics.groups().forEach(this::group);
        return csv.toString();
    }

    private void head() {
        for (String column : List.of("kind", "group", "name", "total", "ok", "ko", "throughput", "unfinished")) {
            csv.text(column);
        }
        csv.text("notSent").text("bytesReceived").text("bytesSent").text("statusCodes");
        REQUEST_TIMES.forEach(this::head);
        csv.text("compensated.count").text("compensated.added").text("compensated.expectedInterval");
        head("compensated.responseTime");
        GROUP_TIMES.forEach(this::head);
        csv.endLine();
    }

    private void head(String time) {
        columns.forEach(column -> csv.text(time + "." + column.key()));
    }

    private void request(String kind, RequestStatistics request) {
        csv.text(kind).text(RequestPath.of(request.group())).text(request.name());
        csv.number(request.total()).number(request.ok()).number(request.ko());
        csv.number(request.throughput()).number(request.unfinished()).counts(request.notSent());
        csv.number(request.bytesReceived()).number(request.bytesSent()).counts(request.statusCodes());
        times(request.responseTime());
        times(request.serviceTime());
        times(request.startDelay());
        times(request.okResponseTime());
        times(request.koResponseTime());
        compensated(request.compensated());
        GROUP_TIMES.forEach(any -> times(Times.EMPTY));
        csv.endLine();
    }

    private void compensated(@Nullable Compensated compensated) {
        if (compensated == null) {
            csv.empty().empty().empty();
            times(Times.EMPTY);
            return;
        }
        csv.number(compensated.responseTime().count()).number(compensated.added());
        csv.number(compensated.intervalMicros() > 0 ? compensated.intervalMicros() / 1000.0 : null);
        times(compensated.responseTime());
    }

    private void group(GroupStatistics group) {
        csv.text("group").text(RequestPath.of(group.group())).text(group.name());
        csv.number(group.total()).number(group.ok()).number(group.ko());
        csv.number(GroupFigures.throughput(group, statistics));
        csv.empty().empty().empty().empty().empty();
        REQUEST_TIMES.forEach(any -> times(Times.EMPTY));
        compensated(null);
        times(group.duration());
        times(group.cumulated());
        csv.endLine();
    }

    private void times(Times times) {
        columns.forEach(column -> csv.number(column.millis(times)));
    }
}
