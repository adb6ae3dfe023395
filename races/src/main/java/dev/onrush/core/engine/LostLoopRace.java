package dev.onrush.core.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A thread comes back from a user just as the control thread takes its loop away: exactly one of them has the loop. */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "Back in time: the thread keeps its loop.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Too late: the loop is given to a fresh thread.")
@Outcome(id = "true, true", expect = FORBIDDEN, desc = "Two threads drive one loop.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "Nobody drives the loop.")
@State
public class LostLoopRace extends WaitingUser {
    public LostLoopRace() {
        carrier.enter(user, letter, 7);
    }

    @Actor
    public void back(ZZ_Result result) {
        result.r1 = carrier.leave();
    }

    @Actor
    public void control(ZZ_Result result) {
        result.r2 = carrier.lose(7, 1_000);
    }
}
