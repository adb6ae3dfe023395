package dev.onrush.report.internal.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;

/** The table's lines in the order of the tree: a group, then what is in it. */
public final class TableTree {
    /** One line; {@code request} or {@code statistics} of the group, or neither for a group that nobody has left yet. */
    public record Line(
            int depth,
            String name,
            List<String> path,
            @Nullable RequestStatistics request,
            @Nullable GroupStatistics statistics) {}

    private static final class Node {
        final Map<String, Node> groups = new LinkedHashMap<>();
        final List<Object> children = new ArrayList<>();

        @Nullable
        GroupStatistics statistics;
    }

    /** A group's place among its parent's children. */
    private record Place(String name, Node node) {}

    private TableTree() {}

    public static List<Line> of(RunStatistics statistics) {
        Node root = new Node();
        for (RequestStatistics request : statistics.requests()) {
            node(root, request.group()).children.add(request);
        }
        for (GroupStatistics group : statistics.groups()) {
            List<String> path = new ArrayList<>(group.group());
            path.add(group.name());
            node(root, path).statistics = group;
        }
        List<Line> lines = new ArrayList<>();
        collect(root, List.of(), lines);
        return lines;
    }

    private static Node node(Node root, List<String> path) {
        Node node = root;
        for (String name : path) {
            Node child = node.groups.get(name);
            if (child == null) {
                child = new Node();
                node.groups.put(name, child);
                node.children.add(new Place(name, child));
            }
            node = child;
        }
        return node;
    }

    private static void collect(Node node, List<String> path, List<Line> lines) {
        for (Object child : node.children) {
            if (child instanceof RequestStatistics request) {
                lines.add(new Line(path.size(), request.name(), path, request, null));
            } else if (child instanceof Place place) {
                lines.add(new Line(path.size(), place.name(), path, null, place.node().statistics));
                List<String> inner = new ArrayList<>(path);
                inner.add(place.name());
                collect(place.node(), List.copyOf(inner), lines);
            }
        }
    }
}
