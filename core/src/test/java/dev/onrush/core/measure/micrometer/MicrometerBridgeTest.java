package dev.onrush.core.measure.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.core.instrument.step.StepMeterRegistry;
import io.micrometer.core.instrument.step.StepRegistryConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;

class MicrometerBridgeTest {
    /** Adds up what each step publishes, as a server at the other end would. */
    private static final class SummingRegistry extends StepMeterRegistry {
        final Map<String, Double> sums = new HashMap<>();

        SummingRegistry(MockClock clock) {
            super(
                    new StepRegistryConfig() {
                        @Override
                        public String prefix() {
                            return "summing";
                        }

                        @Override
                        public String get(String key) {
                            return null;
                        }

                        @Override
                        public Duration step() {
                            return Duration.ofSeconds(10);
                        }
                    },
                    clock);
        }

        @Override
        protected void publish() {
            getMeters().forEach(meter -> {
                if (meter instanceof FunctionCounter counter) {
                    sums.merge(meter.getId().getName(), counter.count(), Double::sum);
                } else if (meter instanceof FunctionTimer timer) {
                    sums.merge(meter.getId().getName() + ".count", timer.count(), Double::sum);
                }
            });
        }

        @Override
        protected TimeUnit getBaseTimeUnit() {
            return TimeUnit.SECONDS;
        }
    }

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final Names names = Names.withLimit(100);

    private EventLog log(MicrometerBridge bridge) {
        EventLog log = EventLog.create(
                folder.resolve("events.onrush"),
                RunHeader.of("S", "", clock.wallTime(), 1, "0.1.0"),
                names,
                new RunClock(clock),
                EventLogOptions.DEFAULT.onCallersThread());
        log.addListener(bridge);
        log.start();
        return log;
    }

    private RequestSample sample(String name, long endNanos, boolean ok) {
        RequestSample sample = new RequestSample();
        sample.scenario = names.scenario("shop");
        sample.request = names.request(Names.NO_GROUP, name);
        sample.status = ok ? 200 : 503;
        sample.outcome = ok ? RequestSample.OK : RequestSample.KO;
        sample.error = ok ? RequestSample.NO_ERROR : names.error(ErrorClass.CHECK_FAILED, "found 503");
        sample.endNanos = endNanos;
        sample.intendedStartNanos = Math.max(0, endNanos - 2_000_000);
        sample.actualStartNanos = sample.intendedStartNanos + Math.min(1_000_000, endNanos);
        return sample;
    }

    @Test
    void publishesTheTotalsOfTheReportAlsoWhenARunEndsWithinAStep() {
        MockClock mock = new MockClock();
        SummingRegistry registry = new SummingRegistry(mock);
        EventLog log = log(new MicrometerBridge(registry));
        Recorder recorder = log.recorder("io-0");
        for (int second = 0; second < 13; second++) {
            recorder.userStart(second, names.scenario("shop"), clock.nanoTime(), clock.nanoTime());
            for (int i = 0; i < 7; i++) {
                recorder.request(sample("home", clock.nanoTime() + i, i > 0));
            }
            recorder.userEnd(second, names.scenario("shop"), clock.nanoTime(), UserEnd.THROUGH);
            clock.advance(Duration.ofSeconds(1));
            log.pump();
            mock.add(Duration.ofSeconds(1));
            if (second == 10) {
                registry.publish();
            }
        }
        recorder.request(sample("home", clock.nanoTime(), true));

        log.close();
        registry.close();

        RunStatistics report = RunStatistics.read(folder.resolve("events.onrush"), MeasureOptions.DEFAULT);
        assertThat(report.total().total()).isEqualTo(92);
        assertThat(registry.sums)
                .containsEntry("onrush.requests", 92.0)
                .containsEntry("onrush.response.time.count", 92.0)
                .containsEntry("onrush.start.delay.count", 92.0)
                .containsEntry("onrush.users.started", 13.0)
                .containsEntry("onrush.users.ended", 13.0);
    }

    @Test
    void keepsItsTotalsInTheRegistryWhenTheRunIsForgotten() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        WeakReference<MicrometerBridge> bridge = recordedAndForgotten(registry);

        await().until(() -> {
            System.gc();
            return bridge.get() == null;
        });

        assertThat(registry.get("onrush.requests").functionCounter().count()).isEqualTo(1);
        assertThat(registry.get("onrush.response.time").functionTimer().count()).isEqualTo(1);
    }

    private WeakReference<MicrometerBridge> recordedAndForgotten(SimpleMeterRegistry registry) {
        MicrometerBridge bridge = new MicrometerBridge(registry);
        EventLog log = log(bridge);
        log.recorder("io-0").request(sample("home", 5_000_000, true));
        log.close();
        return new WeakReference<>(bridge);
    }

    @Test
    void tellsRequestsApartByNameStatusOutcomeAndClass() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        EventLog log = log(new MicrometerBridge(registry));
        Recorder recorder = log.recorder("io-0");
        recorder.userStart(1, names.scenario("shop"), 0, 0);
        recorder.request(sample("home", 5_000_000, true));
        recorder.request(sample("home", 6_000_000, false));
        log.pump();
        assertThat(registry.find("onrush.requests").functionCounters())
                .extracting(FunctionCounter::count)
                .containsOnly(0.0);
        clock.advance(Duration.ofSeconds(1));
        log.pump();

        assertThat(registry.get("onrush.requests")
                        .tags("name", "home", "status", "503", "outcome", "KO", "class", "check.failed")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("onrush.requests")
                        .tags("name", "home", "status", "200", "outcome", "OK", "class", "none")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("onrush.response.time")
                        .tags("name", "home", "outcome", "OK")
                        .functionTimer()
                        .totalTime(TimeUnit.MICROSECONDS))
                .isEqualTo(2000);
        assertThat(registry.get("onrush.response.time.max")
                        .tags("outcome", "OK")
                        .gauge()
                        .value())
                .isEqualTo(0.002);
        assertThat(registry.get("onrush.start.delay").functionTimer().count()).isEqualTo(2);
        assertThat(registry.get("onrush.users.active")
                        .tag("scenario", "shop")
                        .gauge()
                        .value())
                .isEqualTo(1);
        log.close();
    }

    @Test
    void countsNamesBeyondItsLimitAsOther() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        EventLog log = log(new MicrometerBridge(registry, 3));
        Recorder recorder = log.recorder("io-0");
        for (int i = 0; i < 50; i++) {
            recorder.request(sample("item " + i, 5_000_000, true));
        }

        log.close();

        assertThat(registry.get("onrush.requests").functionCounters()).hasSize(4);
        assertThat(registry.get("onrush.requests")
                        .tag("name", "other")
                        .functionCounter()
                        .count())
                .isEqualTo(47);
    }
}
