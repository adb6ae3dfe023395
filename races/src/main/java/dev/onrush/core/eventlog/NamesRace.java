package dev.onrush.core.eventlog;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two threads meet a new name at once: it gets one number, under which both read it. */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "One number, and the name behind it.")
@Outcome(expect = FORBIDDEN, desc = "Two numbers for one name, or a number without its name.")
@State
public class NamesRace {
    private final Names names = Names.withLimit(10);
    private int one;
    private int other;
    private boolean read;
    private boolean otherRead;

    @Actor
    public void one() {
        one = names.request(Names.NO_GROUP, "home");
        read = names.requestName(one).equals("home");
    }

    @Actor
    public void other() {
        other = names.request(Names.NO_GROUP, "home");
        otherRead = names.requestName(other).equals("home");
    }

    @Arbiter
    public void after(ZZ_Result result) {
        result.r1 = one == other;
        result.r2 = read && otherRead;
    }
}
