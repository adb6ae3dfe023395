package dev.onrush.core.injection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.onrush.core.DefinitionException;

/**
 * Users keep arriving, however slowly the target answers (open model): steps, one after the other.
 *
 * <p>Evenly spaced rate steps in direct succession are one curve, so that no fraction of a user is lost at their seams.
 */
public record OpenProfile(List<OpenStep> steps) implements InjectionProfile {
    /** A part whose schedule stands alone, and when it begins. */
    private record Part(long offsetNanos, RateCurve curve, OpenStep step) {}

    public OpenProfile {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new DefinitionException("injectOpen needs at least one step, as in injectOpen(atOnceUsers(1)).");
        }
    }

    /**
     * The profile's users.
     *
     * @param seed decides randomized and Poisson arrivals; the same seed gives the same instants
     */
    public ArrivalSchedule schedule(long seed) {
        List<ArrivalSchedule> schedules = new ArrayList<>();
        long[] offsets = new long[steps.size()];
        int index = 0;
        for (Part part : parts()) {
            offsets[index] = part.offsetNanos();
            schedules.add(part.step().schedule(part.curve(), seed + 0x9E3779B97F4A7C15L * (index + 1)));
            index++;
        }
        return new ChainedSchedule(schedules, offsets);
    }

    /** How many users start. With Poisson arrivals this draws the whole schedule of that seed once. */
    public long users(long seed) {
        boolean drawn = steps.stream().anyMatch(step -> step.process() == ArrivalProcess.POISSON);
        if (!drawn) {
            return parts().stream()
                    .mapToLong(part -> part.step().users(part.curve()))
                    .sum();
        }
        ArrivalSchedule schedule = schedule(seed);
        long users = 0;
        while (schedule.next() != ArrivalSchedule.END) {
            users++;
        }
        return users;
    }

    /** The highest rate asked for, users per second; of users at once, their number. */
    public double peakRate() {
        return steps.stream().mapToDouble(OpenStep::peakRate).max().orElse(0);
    }

    /** The most users that start at one instant. */
    public long mostAtOnce() {
        long most = 0;
        long now = 0;
        for (OpenStep step : steps) {
            now = step.durationNanos() > 0 ? 0 : now;
            if (step instanceof AtOnceUsers atOnce) {
                now += atOnce.users();
                most = Math.max(most, now);
            }
        }
        return most;
    }

    @Override
    public long durationNanos() {
        return steps.stream().mapToLong(OpenStep::durationNanos).reduce(0, Math::addExact);
    }

    @Override
    public String describe() {
        return steps.stream().map(OpenStep::describe).collect(Collectors.joining(", then "));
    }

    @Override
    public double[] shape(int columns) {
        double[] starts = new double[columns];
        long duration = Math.max(1, durationNanos());
        long offset = 0;
        for (OpenStep step : steps) {
            for (int column = 0; column < columns; column++) {
                long from = Math.max(0, (long) ((double) duration * column / columns) - offset);
                long to = Math.min(step.durationNanos(), (long) ((double) duration * (column + 1) / columns) - offset);
                boolean instant = step.durationNanos() == 0 && from <= 0 && to >= 0;
                if (to > from || instant) {
                    starts[column] += instant ? step.usersBefore(0) : step.usersBefore(to) - step.usersBefore(from);
                }
            }
            offset += step.durationNanos();
        }
        double sliceSeconds = duration / 1e9 / columns;
        for (int column = 0; column < columns; column++) {
            starts[column] /= sliceSeconds;
        }
        return starts;
    }

    /** Expected number of users in its first {@code nanos}, fractions included. */
    public double usersBefore(long nanos) {
        double users = 0;
        long offset = 0;
        for (OpenStep step : steps) {
            if (nanos < offset) {
                break;
            }
            users += step.usersBefore(Math.min(step.durationNanos(), nanos - offset));
            offset += step.durationNanos();
        }
        return users;
    }

    @Override
    public List<LoadLevel> loadLevels() {
        List<LoadLevel> levels = new ArrayList<>();
        long offset = 0;
        for (OpenStep step : steps) {
            for (LoadLevel level : step.loadLevels()) {
                levels.add(level.shifted(offset));
            }
            offset += step.durationNanos();
        }
        return LoadLevel.joined(levels);
    }

    @Override
    public Optional<String> remark() {
        OpenStep last = steps.get(steps.size() - 1);
        return last.isRamp()
                ? Optional.of("The ramp ends with the run: there is no steady state, so percentiles mix load levels."
                        + " Let a constant rate follow it.")
                : Optional.empty();
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        long offset = 0;
        int at = 0;
        while (at < steps.size()) {
            OpenStep first = steps.get(at);
            RateCurve curve = first.curve();
            long length = first.durationNanos();
            at++;
            if (first.joins()) {
                while (at < steps.size() && steps.get(at).joins()) {
                    curve = curve.then(steps.get(at).curve());
                    length = Math.addExact(length, steps.get(at).durationNanos());
                    at++;
                }
            }
            parts.add(new Part(offset, curve, first));
            offset = Math.addExact(offset, length);
        }
        return parts;
    }
}
