package dev.onrush.core.assertion;

import java.util.List;
import java.util.Optional;

import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

/** Which requests an assertion is about. */
public sealed interface AssertionPath {
    /** As in {@code cart > add}. */
    String words();

    /** Those of the run; empty if it matches nothing. */
    List<Subject> subjects(RunStatistics run, KnownNames known, Settings settings);

    /** All requests together. */
    record Global() implements AssertionPath {
        @Override
        public String words() {
            return "All requests";
        }

        @Override
        public List<Subject> subjects(RunStatistics run, KnownNames known, Settings settings) {
            return List.of(Subject.of(words(), run.total()));
        }
    }

    /** Each request by itself. */
    record ForAll() implements AssertionPath {
        @Override
        public String words() {
            return "Each request";
        }

        @Override
        public List<Subject> subjects(RunStatistics run, KnownNames known, Settings settings) {
            return run.requests().stream()
                    .map(request ->
                            Subject.of(String.join(" > ", Subject.path(request.group(), request.name())), request))
                    .toList();
        }
    }

    /** Groups, outermost first, then a request; or groups only. A request wins over a group of that path. */
    record Details(List<String> names) implements AssertionPath {
        public Details {
            names = List.copyOf(names);
        }

        @Override
        public String words() {
            return String.join(" > ", names);
        }

        @Override
        public List<Subject> subjects(RunStatistics run, KnownNames known, Settings settings) {
            List<String> outer = names.subList(0, names.size() - 1);
            String name = names.get(names.size() - 1);
            Optional<RequestStatistics> request = run.request(outer, name);
            if (request.isPresent()) {
                return List.of(Subject.of(words(), request.get()));
            }
            Optional<GroupStatistics> group = run.group(outer, name);
            if (group.isPresent()) {
                return List.of(Subject.of(words(), group.get(), run, settings.flag(Setting.GROUP_DURATION)));
            }
            return known.contains(names) ? List.of(Subject.nothing(words())) : List.of();
        }
    }
}
