package dev.onrush.core.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.RunStop;
import dev.onrush.core.engine.StepFailedException;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.feeder.BadRecordException;
import dev.onrush.core.feeder.Feeder;
import dev.onrush.core.session.Expression;

/**
 * Puts the feeder's next record into the session.
 *
 * @param records if given, so many records at once: each attribute then holds the list of their values
 */
public record FeedStep(Feeder feeder, @Nullable Expression<Integer> records, CallSite site) implements Step {
    @Override
    public String word() {
        return "feed";
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        compilation.feeder(feeder);
        if (records != null) {
            compilation.reads(records);
        }
        Optional<Set<String>> attributes = feeder.attributes();
        attributes.ifPresentOrElse(compilation::sets, compilation::setsAny);
        String place = compilation.place();
        return new StepAction(place, (user, following) -> feed(user, place, following), next);
    }

    private @Nullable Action feed(VirtualUser user, String place, Action following) {
        Map<String, Object> found;
        try {
            found = records == null ? feeder.next(user.session().identity()) : several(user, records);
        } catch (BadRecordException e) {
            user.stepFailed(place, dev.onrush.core.eventlog.ErrorClass.FEEDER_BAD_ROW, String.valueOf(e.getMessage()));
            return following;
        }
        if (found != null) {
            user.session(user.session().setAll(found));
            return following;
        }
        UserBlock.leaveAll(user);
        if (feeder.stopsUserWhenEmpty()) {
            return user.end(UserEnd.FEEDER_EMPTY);
        }
        return user.stopRun(new RunStop(
                place + ": feeder " + feeder.name()
                        + " is empty. Give it more records, let it go round with circular(), or end just the user with stopUserWhenEmpty().",
                true));
    }

    private @Nullable Map<String, Object> several(VirtualUser user, Expression<Integer> number) {
        int wanted = Values.required(number, user.session(), "the number of records");
        if (wanted < 0) {
            throw new StepFailedException("the number of records must be 0 or more, was " + wanted + ".");
        }
        Map<String, Object> lists = new LinkedHashMap<>();
        for (int i = 0; i < wanted; i++) {
            Map<String, Object> one = feeder.next(user.session().identity());
            if (one == null) {
                return null;
            }
            one.forEach((key, value) -> list(lists, key).add(value));
        }
        return lists;
    }

    @SuppressWarnings("unchecked") // lists holds nothing but lists of ours
    private static List<@Nullable Object> list(Map<String, Object> lists, String key) {
        return (List<@Nullable Object>) lists.computeIfAbsent(key, k -> new ArrayList<>());
    }
}
