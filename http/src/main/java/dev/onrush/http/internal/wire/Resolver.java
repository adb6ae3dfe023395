package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Names to addresses, looked up on threads that may wait; one look-up per name at a time. Its answer is kept for a while, and
 * that it failed for a second, so that a run whose name is gone does not become a load on the name server.
 */
final class Resolver {
    private static final long FAILURE_KEPT_NANOS = 1_000_000_000L;

    private final Executor blocking;
    private final LongSupplier clock;
    private final LookUp lookUp;
    private final long keptNanos;
    private final Map<String, List<InetAddress>> aliases;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, FailedLookUp> failures = new ConcurrentHashMap<>();
    private final Map<String, List<Waiting>> running = new ConcurrentHashMap<>();

    /** Asks whoever knows. Blocks. */
    @FunctionalInterface
    interface LookUp {
        InetAddress[] of(String name) throws IOException;
    }

    /** Receives the addresses, in the order to try them. */
    @FunctionalInterface
    interface Found {
        void accept(InetAddress[] addresses, boolean isLookedUp);
    }

    private record Answer(InetAddress[] addresses, long untilNanos) {}

    private record FailedLookUp(Exception cause, long untilNanos) {}

    private record Waiting(Found found, Consumer<Exception> failed) {}

    /**
     * @param keptNanos how long an answer is kept
     * @param aliases addresses of names that nobody is asked for
     */
    Resolver(
            Executor blocking,
            LongSupplier clock,
            LookUp lookUp,
            long keptNanos,
            Map<String, List<InetAddress>> aliases) {
        this.blocking = blocking;
        this.clock = clock;
        this.lookUp = lookUp;
        this.keptNanos = keptNanos;
        this.aliases = aliases;
    }

    /** Answers at once if it knows, else on a blocking thread. */
    void resolve(String name, Found found, Consumer<Exception> failed) {
        Answer known = answers.get(name);
        if (known == null && (aliases.containsKey(name) || isAddress(name))) {
            try {
                known = new Answer(given(name), Long.MAX_VALUE);
                answers.put(name, known);
            } catch (UnknownHostException | IllegalArgumentException e) { // which of the two depends on the JDK
                failed.accept(e);
                return;
            }
        }
        if (known != null && clock.getAsLong() < known.untilNanos) {
            found.accept(shuffled(known.addresses), false);
            return;
        }
        boolean isFirst = running.compute(name, (key, waiting) -> {
                            List<Waiting> all = waiting == null ? new ArrayList<>(1) : waiting;
                            all.add(new Waiting(found, failed));
                            return all;
                        })
                        .size()
                == 1;
        if (isFirst) {
            try {
                blocking.execute(() -> ask(name));
            } catch (RejectedExecutionException e) {
                tell(name, null, e);
            }
        }
    }

    /** Of what is an alias or an address itself. */
    private InetAddress[] given(String name) throws UnknownHostException {
        List<InetAddress> alias = aliases.get(name);
        return alias == null ? new InetAddress[] {InetAddress.getByName(name)} : alias.toArray(InetAddress[]::new);
    }

    private void ask(String name) {
        FailedLookUp recent = failures.get(name);
        if (recent != null && clock.getAsLong() < recent.untilNanos) {
            tell(name, null, recent.cause);
            return;
        }
        try {
            InetAddress[] addresses = hosts(lookUp.of(name));
            answers.put(name, new Answer(addresses, clock.getAsLong() + keptNanos));
            failures.remove(name);
            tell(name, addresses, null);
        } catch (Exception e) {
            failures.put(name, new FailedLookUp(e, clock.getAsLong() + FAILURE_KEPT_NANOS));
            tell(name, null, e);
        }
    }

    /** Without 0.0.0.0 and ::, by which block lists say no, and which would lead to this very machine. */
    private static InetAddress[] hosts(InetAddress[] answered) throws IOException {
        InetAddress[] hosts = Arrays.stream(answered)
                .filter(address -> !address.isAnyLocalAddress())
                .toArray(InetAddress[]::new);
        if (hosts.length == 0) {
            throw new IOException("its address is " + answered[0].getHostAddress() + ", which is no host");
        }
        return hosts;
    }

    private void tell(String name, InetAddress @Nullable [] addresses, @Nullable Exception failure) {
        List<Waiting> all = running.remove(name);
        for (Waiting one : all == null ? List.<Waiting>of() : all) {
            if (addresses != null) {
                one.found.accept(shuffled(addresses), true);
            } else if (failure != null) {
                one.failed.accept(failure);
            }
        }
    }

    private static InetAddress[] shuffled(InetAddress[] addresses) {
        if (addresses.length == 1) {
            return addresses;
        }
        InetAddress[] mixed = addresses.clone();
        Collections.shuffle(Arrays.asList(mixed), ThreadLocalRandom.current());
        return mixed;
    }

    /** Whether this is an address, so that nobody has to be asked. */
    static boolean isAddress(String host) {
        if (host.indexOf(':') >= 0) {
            return true;
        }
        int dots = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return dots == 3;
    }
}
