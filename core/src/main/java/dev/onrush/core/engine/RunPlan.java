package dev.onrush.core.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.assertion.KnownNames;
import dev.onrush.core.feeder.Feeder;
import dev.onrush.core.injection.ThrottleProfile;
import dev.onrush.core.protocol.ProtocolClient;

/**
 * A load plan compiled for one engine: nothing is left to be found wrong.
 *
 * @param simulation name of the simulation
 * @param feeders all open; closed by the engine after the run
 * @param clients not started yet; started and closed by the engine
 * @param warmUpNanos 0: none
 * @param maxDurationNanos {@link Long#MAX_VALUE}: no limit
 * @param throttle caps the requests of all populations together; null: nothing does
 * @param requests all requests of fixed name, in the order of the scenarios
 * @param allNamesFixed whether {@code requests} is all there can be
 * @param warnings definition warnings, each with its place
 */
public record RunPlan(
        String simulation,
        List<PlannedPopulation> populations,
        List<Feeder> feeders,
        List<ProtocolClient> clients,
        long seed,
        long warmUpNanos,
        long maxDurationNanos,
        @Nullable ThrottleProfile throttle,
        @Nullable FailureLimit failureLimit,
        List<KnownRequest> requests,
        List<List<String>> groups,
        boolean allNamesFixed,
        List<String> warnings) {
    public RunPlan {
        populations = List.copyOf(populations);
        feeders = List.copyOf(feeders);
        clients = List.copyOf(clients);
        requests = List.copyOf(requests);
        groups = List.copyOf(groups);
        warnings = List.copyOf(warnings);
    }

    /** The paths that assertions may name. */
    public KnownNames knownNames() {
        Set<List<String>> paths = new HashSet<>();
        requests.forEach(request -> paths.add(request.path()));
        return new KnownNames(paths, Set.copyOf(groups), allNamesFixed);
    }

    /** Users that will be started; empty if a closed profile leaves it to the target's speed. */
    public Optional<Long> expectedUsers() {
        long users = 0;
        for (PlannedPopulation population : populations) {
            long of = population.expectedUsers(seed);
            if (of < 0) {
                return Optional.empty();
            }
            users += of;
        }
        return Optional.of(users);
    }

    /** For {@code --check}: one line per population with its profile in words and the users expected, and its remark if there is one. */
    public List<String> describe() {
        return populations.stream()
                .flatMap(population -> population.describe(seed).stream())
                .toList();
    }

    /** The run stops when more than {@code percent} of the requests of the last {@code windowNanos} failed. */
    public record FailureLimit(double percent, long windowNanos) {}

    /** A request that is part of a scenario, with the names of its groups, outermost first. */
    public record KnownRequest(List<String> groups, String name) {
        public KnownRequest {
            groups = List.copyOf(groups);
        }

        /** The groups, outermost first, and then the name: what tells requests apart. */
        public List<String> path() {
            List<String> path = new ArrayList<>(groups);
            path.add(name);
            return List.copyOf(path);
        }
    }
}
