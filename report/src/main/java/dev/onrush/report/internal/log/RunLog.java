package dev.onrush.report.internal.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;

import dev.onrush.core.Segment;
import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.core.eventlog.EventLogReader;
import dev.onrush.core.eventlog.LogIdentity;
import dev.onrush.core.eventlog.RunHeader;

/**
 * The log of a run, found and recognised.
 *
 * @param file the log
 * @param folder of the run
 */
public record RunLog(Path file, Path folder, LogIdentity identity) {
    public static final String FILE_NAME = "events.onrush";

    /**
     * Of a run's folder, or of the log itself.
     *
     * @param act for which it is wanted, as a message begins
     * @throws EventLogException if there is none, or none that can be read
     */
    public static RunLog at(Path given, String act) {
        Path file = Files.isRegularFile(given) ? given : given.resolve(FILE_NAME);
        if (Files.isDirectory(given) && !Files.isExecutable(given)) {
            throw new EventLogException(act + ": " + given
                    + " may not be entered by the user of this process. Change its" + " permissions, or copy it.");
        }
        if (!Files.isRegularFile(file)) {
            throw new EventLogException(act + ": " + given + " is no folder of a run: it has no " + FILE_NAME
                    + ". The results folder's latest.txt names the newest run.");
        }
        Path folder = file.toAbsolutePath().getParent();
        return new RunLog(file, given.equals(file) && folder != null ? folder : given, EventLogReader.identify(file));
    }

    public RunHeader header() {
        return identity.run();
    }

    /** The part of the run that its generator made; {@link Segment#WHOLE} if the log does not tell. */
    Segment segment() {
        try {
            return Segment.parse(header().get(RunHeader.SEGMENT));
        } catch (IllegalArgumentException e) {
            return Segment.WHOLE;
        }
    }

    /** @throws EventLogException if the head of the log does not tell */
    public Instant start() {
        try {
            return Instant.parse(header().get(RunHeader.START));
        } catch (DateTimeException e) {
            throw new EventLogException(
                    file + ": its head does not tell when the run began, so that it cannot be laid beside others."
                            + " Make a report of it alone.",
                    e);
        }
    }
}
