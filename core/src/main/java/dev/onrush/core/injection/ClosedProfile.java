package dev.onrush.core.injection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;

/** So many users are present, and a new one starts when one has ended (closed model): steps, one after the other. */
public record ClosedProfile(List<ClosedStep> steps) implements InjectionProfile {
    public ClosedProfile {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new DefinitionException(
                    "injectClosed needs at least one step, as in injectClosed(constantConcurrentUsers(10).during(60)).");
        }
    }

    /**
     * Levels of users present, one above the other; where ramps go is told at {@link StaircaseRate}.
     *
     * @param ramp length of the ramps, zero for none
     */
    public static List<ClosedStep> staircase(
            int increment, int levels, Duration level, int startingFrom, Duration ramp) {
        Require.notNegative("incrementConcurrentUsers: increment", increment);
        Require.atLeast("incrementConcurrentUsers: times", 1, levels);
        Require.positiveNanos("incrementConcurrentUsers: eachLevelLasting", level);
        Require.notNegative("incrementConcurrentUsers: startingFrom", startingFrom);
        Require.nanosOrZero("incrementConcurrentUsers: separatedByRampsLasting", ramp);
        boolean ramps = !ramp.isZero();
        boolean rampFirst = ramps && startingFrom == 0;
        List<ClosedStep> steps = new ArrayList<>();
        for (int index = 0; index < levels; index++) {
            int users = Math.addExact(startingFrom, Math.multiplyExact(increment, rampFirst ? index + 1 : index));
            if (ramps && (rampFirst || index > 0)) {
                steps.add(new RampConcurrent(users - increment, users, ramp));
            }
            steps.add(new ConstantConcurrent(users, level));
        }
        return steps;
    }

    /** How many users should be present at that instant since the profile began; 0 once it is over, as nobody is replaced then. */
    public int target(long nanos) {
        long begin = 0;
        for (ClosedStep step : steps) {
            if (nanos < begin + step.durationNanos()) {
                return step.target(nanos - begin);
            }
            begin += step.durationNanos();
        }
        return 0;
    }

    /** The first instant after {@code nanos} at which the target rises; {@link Long#MAX_VALUE} if it never does again. Begin with −1. */
    public long nextRise(long nanos) {
        long begin = 0;
        int before = 0;
        for (ClosedStep step : steps) {
            long end = begin + step.durationNanos();
            if (begin > nanos && step.target(0) > before) {
                return begin;
            }
            if (nanos < end) {
                long rise = step.nextRise(Math.max(0, nanos - begin));
                if (rise != Long.MAX_VALUE) {
                    return begin + rise;
                }
            }
            before = step.target(step.durationNanos() - 1);
            begin = end;
        }
        return Long.MAX_VALUE;
    }

    /** Most users ever wanted at once. */
    public int peak() {
        return steps.stream().mapToInt(ClosedStep::peak).max().orElse(0);
    }

    @Override
    public long durationNanos() {
        return steps.stream().mapToLong(ClosedStep::durationNanos).reduce(0, Math::addExact);
    }

    @Override
    public String describe() {
        return steps.stream().map(ClosedStep::describe).collect(Collectors.joining(", then "));
    }

    @Override
    public double[] shape(int columns) {
        double[] shape = new double[columns];
        long duration = durationNanos();
        for (int column = 0; column < columns; column++) {
            shape[column] = target((long) (duration * ((column + 0.5) / columns)));
        }
        return shape;
    }

    @Override
    public List<LoadLevel> loadLevels() {
        List<LoadLevel> levels = new ArrayList<>();
        long offset = 0;
        for (ClosedStep step : steps) {
            levels.add(step.level().shifted(offset));
            offset += step.durationNanos();
        }
        return LoadLevel.joined(levels);
    }

    @Override
    public Optional<String> remark() {
        ClosedStep last = steps.get(steps.size() - 1);
        String closed = "In a closed model the target's slowness lowers the load: a user waits for its answer.";
        boolean ramp = last instanceof RampConcurrent r && r.from() != r.to();
        return Optional.of(ramp ? closed + " The ramp ends with the run: there is no steady state." : closed);
    }
}
