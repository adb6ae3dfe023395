package dev.onrush.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.report.internal.log.GeneratorLogs;
import dev.onrush.report.internal.log.RunLog;

/** Where the files of a report go that is made again: never in the place of one that says more. */
final class ReportFolder {
    private ReportFolder() {}

    /**
     * The folder, made if it was not there.
     *
     * @throws EventLogException if it is that of a run, and the report is not of all of it
     * @throws UncheckedIOException if it cannot be made
     */
    static Path of(ReportOptions options, GeneratorLogs logs) {
        Path asked = options.folder();
        Path folder = asked != null ? asked : besideTheRun(options, logs);
        boolean isOfWholeRun = !logs.areSeveral() && !options.hasWindow();
        if (asked != null && !isOfWholeRun && Files.exists(asked.resolve(RunLog.FILE_NAME))) {
            throw new EventLogException("report: " + asked + " is the folder of a run, whose own report would be lost."
                    + " Choose another with --output DIR.");
        }
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "report: folder " + folder + " cannot be made (" + e + "). Choose another with --output DIR.", e);
        }
    }

    private static Path besideTheRun(ReportOptions options, GeneratorLogs logs) {
        Path folder = logs.parts().get(0).log().folder();
        if (logs.areSeveral()) {
            folder = folder.resolve("merged");
        }
        if (options.hasWindow()) {
            folder = folder.resolve("window-" + instant(options.from(), "start") + "-" + instant(options.to(), "end"));
        }
        return folder;
    }

    private static String instant(@Nullable Duration at, String otherwise) {
        if (at == null) {
            return otherwise;
        }
        return at.toMillisPart() == 0 ? at.toSeconds() + "s" : at.toMillis() + "ms";
    }
}
