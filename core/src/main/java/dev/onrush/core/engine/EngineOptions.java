package dev.onrush.core.engine;

import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Secrets;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.protocol.ExchangeListener;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.Clock;

/**
 * What an engine is given from outside. Which part of a split run it has stands in the settings.
 *
 * @param clock a {@link dev.onrush.core.time.ManualClock} makes the whole engine run on the thread that calls
 *     {@link Engine#run}, moving that clock itself
 * @param recorders makes the recorder of the thread with that name; asked once per thread, when it has something to record
 * @param recordsLost how many records were lost so far, for the health record
 * @param logQueuedBytes how much is recorded and not written yet, for the health record; {@link
 *     dev.onrush.core.eventlog.HealthSample#UNKNOWN} if nobody tells
 * @param secrets masked in what is logged and told of failures
 * @param exchanges who is told of exchanges; null: nobody
 */
public record EngineOptions(
        Clock clock,
        Settings settings,
        Names names,
        Function<String, Recorder> recorders,
        LongSupplier recordsLost,
        LongSupplier logQueuedBytes,
        Secrets secrets,
        @Nullable ExchangeListener exchanges) {
    /** On the machine's clock. */
    public static EngineOptions of(Settings settings, Names names, Function<String, Recorder> recorders) {
        return new EngineOptions(
                Clock.system(), settings, names, recorders, () -> 0, () -> HealthSample.UNKNOWN, Secrets.ALWAYS, null);
    }

    public EngineOptions clock(Clock other) {
        return new EngineOptions(other, settings, names, recorders, recordsLost, logQueuedBytes, secrets, exchanges);
    }

    public EngineOptions recordsLost(LongSupplier lost) {
        return new EngineOptions(clock, settings, names, recorders, lost, logQueuedBytes, secrets, exchanges);
    }

    public EngineOptions logQueuedBytes(LongSupplier queued) {
        return new EngineOptions(clock, settings, names, recorders, recordsLost, queued, secrets, exchanges);
    }

    public EngineOptions secrets(Secrets masked) {
        return new EngineOptions(clock, settings, names, recorders, recordsLost, logQueuedBytes, masked, exchanges);
    }

    public EngineOptions exchanges(@Nullable ExchangeListener listener) {
        return new EngineOptions(clock, settings, names, recorders, recordsLost, logQueuedBytes, secrets, listener);
    }
}
