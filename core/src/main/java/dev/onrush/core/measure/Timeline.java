package dev.onrush.core.measure;

import java.util.List;

/**
 * What happened when. Requests lie at their end. All requests are in it, also those of the warm-up, so that the axis shows
 * the whole run.
 *
 * @param stepSeconds length of a step: 1, or a power of two when the run is long
 * @param steps without gaps from 0 to the end of the run
 * @param marks in the order of time
 */
public record Timeline(int stepSeconds, List<TimeStep> steps, List<String> scenarios, List<Mark> marks) {
    public Timeline {
        steps = List.copyOf(steps);
        scenarios = List.copyOf(scenarios);
        marks = List.copyOf(marks);
    }
}
