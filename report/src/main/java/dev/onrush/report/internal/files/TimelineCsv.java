package dev.onrush.report.internal.files;

import java.util.List;

import dev.onrush.core.measure.HealthStep;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.TimeStep;
import dev.onrush.core.measure.Times;
import dev.onrush.report.internal.model.TimeColumn;
import dev.onrush.report.internal.model.TimeFigure;

/** {@code timeline.csv}: a line for each step of the run, with its warm-up. docs/files.md has the columns. */
public final class TimelineCsv {
    private final RunStatistics statistics;
    private final List<TimeColumn> percentiles;
    private final CsvText csv = new CsvText();

    private TimelineCsv(RunStatistics statistics) {
        this.statistics = statistics;
        this.percentiles = TimeColumn.chosen(statistics.run().settings());
    }

    public static String of(RunStatistics statistics) {
        return new TimelineCsv(statistics).table();
    }

    private String table() {
        head();
        statistics.timeline().steps().forEach(this::step);
        return csv.toString();
    }

    private void head() {
        for (String column : List.of("from", "seconds", "usersDue", "usersStarted", "usersActive", "ok", "ko")) {
            csv.text(column);
        }
        csv.text("bytesReceived").text("bytesSent").text("errors");
        head("responseTime");
        head("serviceTime");
        head("startDelay");
        for (String column : List.of(
                "connections",
                "inFlight",
                "stallMillis",
                "gcPauseMillis",
                "cpuPercent",
                "machineCpuPercent",
                "stealPercent",
                "tcpRetransmits",
                "heapUsedBytes",
                "openFiles")) {
            csv.text(column);
        }
        csv.endLine();
    }

    private void step(TimeStep step) {
        double left = statistics.run().durationSeconds() - step.fromSeconds();
        csv.number(step.fromSeconds());
        csv.number(Math.round(Math.min(statistics.timeline().stepSeconds(), left) * 1e6) / 1e6);
        csv.number(step.usersDue()).number(step.usersStarted()).number(step.activeUsers());
        csv.number(step.ok()).number(step.ko());
        csv.number(step.bytesReceived()).number(step.bytesSent()).counts(step.errors());
        times(step.responseTime());
        times(step.serviceTime().times());
        times(step.startDelay().times());
        health(step.health());
        csv.endLine();
    }

    private void head(String time) {
        percentiles.forEach(column -> csv.text(time + "." + column.key()));
        csv.text(time + ".mean").text(time + ".max");
    }

    private void times(Times times) {
        percentiles.forEach(column -> csv.number(column.millis(times)));
        csv.number(TimeFigure.MEAN.millis(times)).number(TimeFigure.MAX.millis(times));
    }

    private void health(HealthStep health) {
        csv.known(health.openConnections()).known(health.inFlightRequests());
        csv.number(health.stallMicros() / 1000.0).known(health.gcPauseMillis());
        csv.known(health.processCpuPercent()).known(health.machineCpuPercent()).known(health.stealPercent());
        csv.known(health.tcpRetransmits()).known(health.heapUsedBytes()).known(health.openFiles());
    }
}
