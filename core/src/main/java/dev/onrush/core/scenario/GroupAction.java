package dev.onrush.core.scenario;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.session.Expression;

/** Enters a group. If its name cannot be told, the group is skipped. */
final class GroupAction extends Action {
    private final Expression<String> name;
    private final Action body;
    private final Action next;
    private final Names names;

    GroupAction(String place, Expression<String> name, Action body, Action next, Names names) {
        super(place);
        this.name = name;
        this.body = body;
        this.next = next;
        this.names = names;
    }

    @Override
    public @Nullable Action execute(VirtualUser user) {
        String told = Values.required(name, user.session(), "the name of the group");
        int number = names.group(user.group(), told);
        GroupBlock block = new GroupBlock(told, user);
        user.session(user.session().inBlock(block));
        user.group(number);
        return body;
    }

    @Override
    public Action next() {
        return next;
    }
}
