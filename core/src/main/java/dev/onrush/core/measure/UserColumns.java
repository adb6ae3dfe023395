package dev.onrush.core.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Users by step: how many were due, and by scenario how many started and ended. As long as the timeline it belongs to. */
final class UserColumns {
    private long[] due;
    private final List<long[]> started = new ArrayList<>();
    private final List<long[]> ended = new ArrayList<>();
    /** Users that started before the records begin, by scenario. */
    private final Map<Integer, Long> present = new HashMap<>();

    UserColumns(int length) {
        due = new long[length];
    }

    void due(int step, long users) {
        due[step] += users;
    }

    void present(int scenario, long users) {
        withScenario(scenario);
        present.merge(scenario, users, Long::sum);
    }

    void start(int scenario, int step) {
        withScenario(scenario);
        started.get(scenario)[step]++;
    }

    void end(int scenario, int step) {
        withScenario(scenario);
        ended.get(scenario)[step]++;
    }

    /** How many scenarios have a column. */
    int scenarios() {
        return started.size();
    }

    /** Makes columns up to that one. */
    void withScenario(int scenario) {
        while (started.size() <= scenario) {
            started.add(new long[due.length]);
            ended.add(new long[due.length]);
        }
    }

    void resize(int length) {
        due = Arrays.copyOf(due, length);
        started.replaceAll(column -> Arrays.copyOf(column, length));
        ended.replaceAll(column -> Arrays.copyOf(column, length));
    }

    /** Puts two steps each into one. */
    void coarsen() {
        halve(due);
        started.forEach(UserColumns::halve);
        ended.forEach(UserColumns::halve);
    }

    private static void halve(long[] column) {
        for (int i = 0; i < column.length; i += 2) {
            column[i / 2] = column[i] + (i + 1 < column.length ? column[i + 1] : 0);
        }
        Arrays.fill(column, (column.length + 1) / 2, column.length, 0);
    }

    /** Adds a step of another one; {@code scenarios} says which scenario of ours each of its scenarios is. */
    void add(int step, UserColumns other, int otherStep, int[] scenarios) {
        due[step] += other.due[otherStep];
        for (int s = 0; s < scenarios.length; s++) {
            started.get(scenarios[s])[step] += other.started.get(s)[otherStep];
            ended.get(scenarios[s])[step] += other.ended.get(s)[otherStep];
        }
    }

    /** Adds the users of another one that started before the records begin. */
    void addPresent(UserColumns other, int[] scenarios) {
        other.present.forEach((scenario, users) -> present(scenarios[scenario], users));
    }

    /** Takes a step into an earlier one. */
    void move(int from, int to) {
        move(due, from, to);
        started.forEach(column -> move(column, from, to));
        ended.forEach(column -> move(column, from, to));
    }

    private static void move(long[] column, int from, int to) {
        column[to] += column[from];
        column[from] = 0;
    }

    long due(int step) {
        return due[step];
    }

    long present(int scenario) {
        return present.getOrDefault(scenario, 0L);
    }

    long started(int scenario, int step) {
        return started.get(scenario)[step];
    }

    long ended(int scenario, int step) {
        return ended.get(scenario)[step];
    }
}
