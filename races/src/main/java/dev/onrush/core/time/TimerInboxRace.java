package dev.onrush.core.time;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads hand timers over, and one of them takes all: each timer is taken once, with the instant it was given. */
@JCStressTest
@Outcome(id = "2, 12", expect = ACCEPTABLE, desc = "Both taken, each once.")
@Outcome(expect = FORBIDDEN, desc = "A timer lost, taken twice, or without its instant.")
@State
public class TimerInboxRace {
    private final TimerInbox inbox = new TimerInbox();
    private final Timer five = new Timer() {};
    private final Timer seven = new Timer() {};
    private int taken;
    private int instants;

    @Actor
    public void other() {
        inbox.push(five, 5);
    }

    @Actor
    public void taker() {
        inbox.push(seven, 7);
        take();
    }

    @Arbiter
    public void after(II_Result result) {
        take();
        result.r1 = taken;
        result.r2 = instants;
    }

    private void take() {
        for (@Nullable Timer timer = inbox.takeAll(); timer != null; timer = TimerInbox.after(timer)) {
            taken++;
            instants += (int) timer.atNanos();
        }
    }
}
