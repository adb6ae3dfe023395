package dev.onrush.report.internal.files;

import java.util.List;

import dev.onrush.core.measure.ErrorCount;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.StepFailure;
import dev.onrush.report.internal.model.RequestPath;

/** {@code errors.csv}: a line for each error of each request, and for each failure that belongs to none. docs/files.md has the columns. */
public final class ErrorsCsv {
    private ErrorsCsv() {}

    public static String of(RunStatistics statistics) {
        CsvText csv = new CsvText();
        for (String column : List.of("kind", "group", "name", "class", "message", "count", "first", "last")) {
            csv.text(column);
        }
        csv.endLine();
        for (RequestStatistics request : statistics.requests()) {
            for (ErrorCount error : request.errors()) {
                csv.text("request").text(RequestPath.of(request.group())).text(request.name());
                csv.text(error.errorClass()).text(error.message()).number(error.count());
                csv.number(error.firstMicros() / 1000.0).number(error.lastMicros() / 1000.0);
                csv.endLine();
            }
        }
        for (StepFailure failure : statistics.stepFailures()) {
            csv.text("step").empty().empty();
            csv.text(failure.errorClass()).text(failure.message()).number(failure.count());
            csv.empty().empty().endLine();
        }
        return csv.toString();
    }
}
