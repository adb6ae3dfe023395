package dev.onrush.core.engine;

import java.util.ArrayList;
import java.util.List;

import dev.onrush.core.eventlog.Names;

/** Names kept in lists, for tests. */
public final class MemoryNames implements Names {
    private record Path(int parent, String name) {}

    private final List<Path> groups = new ArrayList<>(List.of(new Path(-1, "")));
    private final List<Path> requests = new ArrayList<>();
    private final List<String> scenarios = new ArrayList<>();
    private final List<List<String>> errors = new ArrayList<>();

    @Override
    public synchronized int group(int parent, String name) {
        return number(groups, new Path(parent, name));
    }

    @Override
    public synchronized int request(int group, String name) {
        return number(requests, new Path(group, name));
    }

    @Override
    public synchronized int scenario(String name) {
        return number(scenarios, name);
    }

    @Override
    public synchronized int error(String errorClass, String message) {
        return number(errors, List.of(errorClass, message));
    }

    @Override
    public synchronized List<String> groupPath(int group) {
        List<String> path = new ArrayList<>();
        for (int at = group; at != NO_GROUP; at = groups.get(at).parent) {
            path.add(0, groups.get(at).name);
        }
        return path;
    }

    @Override
    public synchronized int groupOfRequest(int request) {
        return requests.get(request).parent;
    }

    @Override
    public synchronized String requestName(int request) {
        return requests.get(request).name;
    }

    @Override
    public synchronized String scenarioName(int scenario) {
        return scenarios.get(scenario);
    }

    @Override
    public synchronized String errorClass(int error) {
        return errors.get(error).get(0);
    }

    @Override
    public synchronized String errorMessage(int error) {
        return errors.get(error).get(1);
    }

    @Override
    public long folded() {
        return 0;
    }

    private static <T> int number(List<T> all, T one) {
        int known = all.indexOf(one);
        if (known >= 0) {
            return known;
        }
        all.add(one);
        return all.size() - 1;
    }
}
