package dev.onrush.report.compare;

import java.util.List;

/**
 * What tells one request from another.
 *
 * @param group the path of groups around it, outermost first
 */
public record RequestName(List<String> group, String name) implements Comparable<RequestName> {
    public RequestName {
        group = List.copyOf(group);
    }

    @Override
    public int compareTo(RequestName other) {
        int order = String.join("\0", group).compareTo(String.join("\0", other.group));
        return order != 0 ? order : name.compareTo(other.name);
    }

    /** With its groups, as in {@code checkout / open item}. */
    @Override
    public String toString() {
        return group.isEmpty() ? name : String.join(" / ", group) + " / " + name;
    }
}
