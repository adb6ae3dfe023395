package dev.onrush.core.measure;

import java.util.List;

/** What tells one request, or group, from another: its name and the path of groups around it. */
record RequestKey(List<String> group, String name) implements Comparable<RequestKey> {
    @Override
    public int compareTo(RequestKey other) {
        int order = String.join("\0", group).compareTo(String.join("\0", other.group));
        return order != 0 ? order : name.compareTo(other.name);
    }
}
