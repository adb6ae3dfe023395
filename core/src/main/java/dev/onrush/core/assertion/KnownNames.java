package dev.onrush.core.assertion;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.onrush.core.measure.RunStatistics;

/**
 * Names a plan or a run knows: paths, groups outermost first.
 *
 * @param complete whether no other name can come up: none depends on the session
 */
public record KnownNames(Set<List<String>> requests, Set<List<String>> groups, boolean complete) {
    /** Nothing is known beforehand. */
    public static final KnownNames NONE = new KnownNames(Set.of(), Set.of(), false);

    public KnownNames {
        requests = Set.copyOf(requests);
        groups = Set.copyOf(groups);
    }

    /** Those of a run; more may have been possible. */
    static KnownNames of(RunStatistics run) {
        return new KnownNames(
                run.requests().stream()
                        .map(request -> Subject.path(request.group(), request.name()))
                        .collect(Collectors.toSet()),
                run.groups().stream()
                        .map(group -> Subject.path(group.group(), group.name()))
                        .collect(Collectors.toSet()),
                false);
    }

    boolean contains(List<String> path) {
        return requests.contains(path) || groups.contains(path);
    }

    /** Whether it may be a request that follows from a known one, such as {@code home Redirect 1}. */
    boolean mayFollow(List<String> path) {
        String last = path.get(path.size() - 1);
        List<String> outer = path.subList(0, path.size() - 1);
        return requests.stream()
                .anyMatch(known -> known.subList(0, known.size() - 1).equals(outer)
                        && last.startsWith(known.get(known.size() - 1) + " "));
    }

    /** In order, for messages; of many the first ones. */
    String words() {
        List<String> all = Stream.concat(requests.stream(), groups.stream())
                .map(path -> String.join(" > ", path))
                .distinct()
                .sorted()
                .toList();
        if (all.isEmpty()) {
            return "no name is known";
        }
        String first = all.stream().limit(20).collect(Collectors.joining(", "));
        return "known are " + first + (all.size() > 20 ? " and " + (all.size() - 20) + " more" : "");
    }
}
