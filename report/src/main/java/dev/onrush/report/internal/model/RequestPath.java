package dev.onrush.report.internal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The groups around a request and its name, as one text. */
public final class RequestPath {
    private RequestPath() {}

    /** For people. */
    public static String words(List<String> group, String name) {
        return String.join(" > ", names(group, name));
    }

    /** For machines: a slash or backslash in a name has a backslash in front. */
    public static String of(List<String> group, String name) {
        return of(names(group, name));
    }

    /** Of the groups alone. */
    public static String of(List<String> group) {
        return group.stream()
                .map(name -> name.replace("\\", "\\\\").replace("/", "\\/"))
                .collect(Collectors.joining("/"));
    }

    private static List<String> names(List<String> group, String name) {
        List<String> names = new ArrayList<>(group);
        names.add(name);
        return names;
    }
}
