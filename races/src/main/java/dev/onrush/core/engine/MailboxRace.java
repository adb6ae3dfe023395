package dev.onrush.core.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads write to a user, one of them its loop, which runs it then: each letter is received once, and never by two threads at once. */
@JCStressTest
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "Both letters received, one after the other.")
@Outcome(expect = FORBIDDEN, desc = "A letter lost, received twice, or two threads in one user.")
@State
public class MailboxRace extends WaitingUser {
    @Actor
    public void other() {
        user.deliverOnLoop(letter);
    }

    @Actor
    public void loop() {
        user.deliverOnLoop(letter);
        drive();
    }

    @Arbiter
    public void after(II_Result result) {
        drive();
        result.r1 = received;
        result.r2 = overlaps.get();
    }
}
