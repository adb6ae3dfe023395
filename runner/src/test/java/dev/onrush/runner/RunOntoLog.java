package dev.onrush.runner;

import java.util.List;
import java.util.function.UnaryOperator;

import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.LogTotals;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.time.RunClock;
import dev.onrush.dsl.Simulation;

/** Runs a simulation as the runner does, onto a log that a test makes. */
public final class RunOntoLog {
    /** Makes the log. */
    public interface Maker {
        EventLog make(RunHeader header, Names names, RunClock clock);
    }

    private RunOntoLog() {}

    /** Returns what was offered to the log, once the run has ended and the log is written. */
    public static LogTotals run(Class<? extends Simulation> simulation, Maker maker) {
        PreparedRun prepared = PreparedRun.of(simulation, UnaryOperator.identity());
        prepared.engine().begin(prepared.plan());
        EventLog log = maker.make(
                RunHeaders.of(prepared, "", List.of()),
                prepared.names(),
                prepared.engine().environment().clock());
        prepared.log().set(log);
        log.start();
        prepared.engine().run(prepared.plan());
        return log.close();
    }
}
