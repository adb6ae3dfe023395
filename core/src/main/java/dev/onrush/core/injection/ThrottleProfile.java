package dev.onrush.core.injection;

import java.util.List;
import java.util.stream.Collectors;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Segment;

/** A cap on requests per second, over time: steps, one after the other, from 0 on. */
public record ThrottleProfile(List<ThrottleStep> steps) {
    public ThrottleProfile {
        steps = List.copyOf(steps);
        if (steps.stream().allMatch(step -> step.durationNanos() == 0)) {
            throw new DefinitionException(
                    "throttle must last some time, this one lasts none. Let holdFor(..) follow, as in jumpToRps(50), holdFor(60).");
        }
    }

    public long durationNanos() {
        return steps.stream().mapToLong(ThrottleStep::durationNanos).reduce(0, Math::addExact);
    }

    public String describe() {
        return steps.stream().map(ThrottleStep::describe).collect(Collectors.joining(", then "));
    }

    /** That generator's part of its slots, none of them taken. */
    public Slots slots(Segment segment) {
        RateCurve curve = RateCurve.nothing(0);
        double limit = 0;
        for (ThrottleStep step : steps) {
            double after = step.after(limit);
            curve = curve.then(RateCurve.line(limit, after, step.durationNanos()));
            limit = after;
        }
        return new Slots(curve, segment);
    }
}
