package dev.onrush.core.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A user's time comes on its loop while another thread writes to it: it is woken once, and the letter is received once. */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "Woken, and the letter received.")
@Outcome(expect = FORBIDDEN, desc = "A wake-up or a letter lost or doubled, or two threads in one user.")
@State
public class WakeUpRace extends WaitingUser {
    private int woken;

    public WakeUpRace() {
        user.firstAction(new Action("woken") {
            @Override
            public @org.jspecify.annotations.Nullable Action execute(VirtualUser who) {
                woken++;
                return null;
            }

            @Override
            public Action next() {
                return this;
            }
        });
    }

    @Actor
    public void timer() {
        user.timerFired(carrier);
    }

    @Actor
    public void writer() {
        user.deliverOnLoop(letter);
    }

    @Arbiter
    public void after(III_Result result) {
        drive();
        result.r1 = woken;
        result.r2 = received;
        result.r3 = overlaps.get();
    }
}
