package dev.onrush.core.eventlog;

import java.util.List;

/** The names behind the numbers of records. A number is good once a record with it was handed over. */
public interface NameTable {
    /** The group's path, outermost first; empty for {@link Names#NO_GROUP}. */
    List<String> groupPath(int group);

    /** The group around a group; −1 around {@link Names#NO_GROUP}. */
    int parentOfGroup(int group);

    String groupName(int group);

    int groupOfRequest(int request);

    String requestName(int request);

    /** Whether a scenario has that number. */
    boolean hasScenario(int scenario);

    String scenarioName(int scenario);

    String errorClass(int error);

    String errorMessage(int error);
}
