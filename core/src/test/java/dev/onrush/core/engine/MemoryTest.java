package dev.onrush.core.engine;

import static dev.onrush.core.engine.TestRun.exec;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.repeat;
import static dev.onrush.core.engine.TestRun.users;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.eventlog.Names;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.scenario.LoadPlan;
import dev.onrush.core.scenario.RunRules;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.ManualClock;

@Timeout(90)
class MemoryTest {
    @Test
    void aHundredThousandWaitingUsersFitASmallHeap() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WaitingUsers.class.getName(),
                        "100000",
                        "3")
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("finished: 100000");
        Matcher bytes = Pattern.compile("bytes per waiting user: (\\d+)").matcher(output);
        assertThat(bytes.find()).as(output).isTrue();
        System.out.println(
                "FIGURE G27 bytes of live heap per user in a pause, one attribute in its session: " + bytes.group(1));
        // Not less than what a plan is refused for, see HeapNeed: what might fit is never refused.
        assertThat(Long.parseLong(bytes.group(1))).isBetween(150L, 600L);
    }

    @Test
    void waitingAndWakingDoNotAllocate() {
        long few = allocatedBy(1_000);
        long many = allocatedBy(101_000);

        // A turn of the loop makes a session and a block; a thousand pauses within it make nothing.
        assertThat((many - few) / 100_000.0).isLessThan(1.0);
    }

    /** Bytes that one user's so many pauses allocate, in loops of 1000 so that the turns do not count. */
    private static long allocatedBy(int pauses) {
        Names names = Names.withLimit(10);
        ManualClock clock = new ManualClock();
        Engine engine = new Engine(EngineOptions.of(Settings.defaults(), names, thread -> new WaitingUsers.Nothing())
                .clock(clock));
        dev.onrush.core.scenario.Step[] thousand = new dev.onrush.core.scenario.Step[1000];
        java.util.Arrays.fill(thousand, pause(Duration.ofNanos(100)));
        RunPlan plan = new LoadPlan(
                        "Wait",
                        List.of(users("wait", open(new AtOnceUsers(1)), exec(s -> s), repeat(pauses / 1000, thousand))),
                        List.of(),
                        List.of(),
                        RunRules.standard().seed(1))
                .compile(engine.environment());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        engine.run(plan);
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
}
