package dev.onrush.core.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.onrush.core.Problem;

/**
 * Which attributes the steps of a scenario need, and which they set: finds expressions that no user can ever evaluate, before
 * the run. The order of steps is not looked at. Not thread-safe.
 */
public final class AttributeUse {
    private final Map<String, String> neededAt = new LinkedHashMap<>();
    private final Set<String> set = new TreeSet<>();
    private boolean anySet;

    /** @param place of the step that needs them */
    public void reads(String place, Set<String> attributes) {
        attributes.forEach(name -> neededAt.putIfAbsent(name, place));
    }

    public void sets(Set<String> attributes) {
        set.addAll(attributes);
    }

    /** A session function, or a feeder of unknown records: any attribute may be set, nothing can be told. */
    public void setsAny() {
        anySet = true;
    }

    /** One problem for each attribute that is needed and that nothing sets, at the first place that needs it. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (!anySet) {
            neededAt.forEach((name, place) -> {
                if (!set.contains(name)) {
                    problems.add(new Problem(place, text(name)));
                }
            });
        }
        return problems;
    }

    private String text(String name) {
        String known = set.isEmpty() ? "no attribute at all" : String.join(", ", set);
        return Excerpt.of(
                "nothing in this scenario sets the attribute \"" + name + "\"; it sets " + known
                        + ". Correct the name, or set it by a feeder, saveAs or a session function before.",
                500);
    }
}
