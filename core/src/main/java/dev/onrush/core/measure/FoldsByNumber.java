package dev.onrush.core.measure;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.NameTable;
import dev.onrush.core.eventlog.RequestSample;

/** Finds what records belong to: they tell numbers, of which each log has its own. */
final class FoldsByNumber {
    private static final ErrorKey NO_ERROR = new ErrorKey("", "");

    private final RunFold run;
    private final NumberedFolds<RequestFold> requests = new NumberedFolds<>();
    private final NumberedFolds<GroupFold> groups = new NumberedFolds<>();
    private final NumberedFolds<ScenarioFold> scenarios = new NumberedFolds<>();
    private final NumberedFolds<Optional<ClosedFold>> closed = new NumberedFolds<>();
    private final NumberedFolds<ErrorKey> errors = new NumberedFolds<>();
    final IntFunction<RequestKey> requestKeys = this::requestKey;
    private @Nullable NameTable names;

    FoldsByNumber(RunFold run) {
        this.run = run;
    }

    /** What follows is of that log. */
    void of(NameTable table) {
        names = table;
        requests.clear();
        groups.clear();
        scenarios.clear();
        errors.clear();
        closed.clear();
        run.closed.values().forEach(fold -> fold.ifPresent(ClosedFold::forgetNumbers));
    }

    NameTable names() {
        NameTable table = names;
        if (table == null) {
            throw new IllegalStateException("records before the run they belong to");
        }
        return table;
    }

    RequestFold request(int number) {
        return requests.get(number, any -> run.request(requestKey(any)));
    }

    private RequestKey requestKey(int number) {
        NameTable table = names();
        return new RequestKey(table.groupPath(table.groupOfRequest(number)), table.requestName(number));
    }

    GroupFold group(int number) {
        return groups.get(number, any -> run.group(groupKey(any)));
    }

    private RequestKey groupKey(int number) {
        List<String> path = names().groupPath(number);
        int depth = path.size();
        return depth == 0
                ? new RequestKey(List.of(), "")
                : new RequestKey(path.subList(0, depth - 1), path.get(depth - 1));
    }

    ScenarioFold scenario(int number) {
        return scenarios.get(number, any -> run.scenario(names().scenarioName(any)));
    }

    /** What is kept of a closed scenario besides; null for an open one. */
    @Nullable
    ClosedFold closed(int scenario) {
        return closed.get(scenario, any -> run.closed(names().scenarioName(any)))
                .orElse(null);
    }

    ErrorKey error(int number) {
        return number == RequestSample.NO_ERROR
                ? NO_ERROR
                : errors.get(number, any -> new ErrorKey(names().errorClass(any), names().errorMessage(any)));
    }
}
