package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.atOnceUsers;
import static dev.onrush.dsl.CoreDsl.exec;
import static dev.onrush.dsl.CoreDsl.scenario;
import static dev.onrush.http.HttpDsl.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.EventLogReader;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.NameTable;
import dev.onrush.core.eventlog.RecordHandler;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.setting.Setting;
import dev.onrush.dsl.Executable;
import dev.onrush.dsl.Simulation;
import dev.onrush.http.HttpProtocolBuilder;

/** One run of a simulation as an author starts it: its result, and what stands in its event log. */
final class Trial {
    /** A request as the log has it, in the order of their ends. Instants in microseconds since the run began. */
    record Request(
            long user,
            String path,
            boolean isOk,
            boolean isUnfinished,
            boolean isNotSent,
            String errorClass,
            String message,
            int status,
            long intended,
            long actual,
            long end,
            long connectionWait,
            long paceOverrun,
            long throttleWait,
            long bytesReceived,
            boolean isWarmUp,
            boolean isAttempt) {
        long responseMillis() {
            return (end - intended) / 1000;
        }
    }

    record Group(String path, long micros, long cumulatedMicros, boolean isOk) {}

    final RunResult result;
    final List<Request> requests = new ArrayList<>();
    final List<Group> groups = new ArrayList<>();
    final List<Long> userStarts = new ArrayList<>();
    final List<UserEnd> userEnds = new ArrayList<>();
    final List<String> dropped = new ArrayList<>();
    final List<String> stepFailures = new ArrayList<>();
    final List<String> marks = new ArrayList<>();
    /** All bytes of the log, one character each, to look for what must not stand in it. */
    final String log;

    private Trial(Class<? extends Simulation> simulation) {
        Path results = temporaryFolder();
        // Connections are counted here: none but those of the users.
        System.setProperty(Setting.CONNECT_BASELINE.systemProperty(), "0");
        try {
            result = Onrush.run(
                    simulation, RunOptions.defaults().quiet().withoutReport().results(results));
            Path file = result.folder()
                    .map(folder -> folder.resolve("events.onrush"))
                    .orElse(null);
            if (file == null) {
                log = "";
                return;
            }
            log = Files.readString(file, StandardCharsets.ISO_8859_1);
            EventLogReader.read(file, new Keeping());
            requests.sort(Comparator.comparingLong(Request::end));
            userStarts.sort(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            System.clearProperty(Setting.CONNECT_BASELINE.systemProperty());
            delete(results);
        }
    }

    /** What that set-up says. */
    static Trial of(Consumer<Simulation> setUp) {
        Given.SET_UP.set(setUp);
        try {
            return new Trial(Given.class);
        } finally {
            Given.SET_UP.remove();
        }
    }

    /** That class. */
    static Trial of(Class<? extends Simulation> simulation) {
        return new Trial(simulation);
    }

    /** So many users do that, all at once. */
    static Trial of(HttpProtocolBuilder protocol, int users, Executable first, Executable... more) {
        return of(simulation -> simulation
                .setUp(scenario("shop").exec(exec(first, more)).injectOpen(atOnceUsers(users)))
                .protocols(protocol)
                .seed(42));
    }

    /** One user does that. */
    static Trial of(HttpProtocolBuilder protocol, Executable first, Executable... more) {
        return of(protocol, 1, first, more);
    }

    /** One user does that against that server. */
    static Trial of(Target target, Executable first, Executable... more) {
        return of(http.baseUrl(target.url()), 1, first, more);
    }

    RunStatistics statistics() {
        return result.statistics().orElseThrow(() -> new AssertionError("not run: " + result.problems()));
    }

    List<String> paths() {
        return requests.stream().map(Request::path).toList();
    }

    /** What failed, with its cause; empty when all is well. */
    List<String> failures() {
        return Stream.of(
                        result.problems().stream(),
                        stepFailures.stream(),
                        requests.stream()
                                .filter(request -> !request.isOk())
                                .map(request ->
                                        request.path() + ": " + request.errorClass() + ": " + request.message()))
                .flatMap(each -> each)
                .toList();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("onrush-words-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The simulation of the test that runs on this thread. */
    static final class Given extends Simulation {
        private static final ThreadLocal<Consumer<Simulation>> SET_UP = new ThreadLocal<>();

        Given() {
            SET_UP.get().accept(this);
        }
    }

    private final class Keeping implements RecordHandler {
        private NameTable names;

        @Override
        public void run(RunHeader header, NameTable table) {
            names = table;
        }

        @Override
        public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
            userStarts.add(intendedStartNanos / 1000);
        }

        @Override
        public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
            userEnds.add(reason);
        }

        @Override
        public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
            dropped.add(count + " " + reason);
        }

        @Override
        public void request(RequestSample sample) {
            boolean hasError = sample.error != RequestSample.NO_ERROR;
            List<String> path = new ArrayList<>(names.groupPath(names.groupOfRequest(sample.request)));
            path.add(names.requestName(sample.request));
            requests.add(new Request(
                    sample.userId,
                    String.join(" > ", path),
                    sample.outcome == RequestSample.OK,
                    sample.outcome == RequestSample.UNFINISHED,
                    sample.outcome == RequestSample.NOT_SENT,
                    hasError ? names.errorClass(sample.error) : "",
                    hasError ? names.errorMessage(sample.error) : "",
                    sample.status,
                    sample.intendedStartNanos / 1000,
                    sample.actualStartNanos == RequestSample.NONE ? -1 : sample.actualStartNanos / 1000,
                    sample.endNanos / 1000,
                    sample.connectionWaitNanos / 1000,
                    sample.paceOverrunNanos / 1000,
                    sample.throttleWaitNanos / 1000,
                    sample.bytesReceived,
                    sample.warmUp,
                    sample.attempt));
        }

        @Override
        public void groupEnd(
                long userId,
                int scenario,
                int group,
                long startNanos,
                long endNanos,
                long cumulatedNanos,
                boolean ok,
                boolean warmUp) {
            groups.add(new Group(
                    String.join(" > ", names.groupPath(group)),
                    (endNanos - startNanos) / 1000,
                    cumulatedNanos / 1000,
                    ok));
        }

        @Override
        public void stepFailure(long userId, int scenario, long atNanos, int error) {
            stepFailures.add(names.errorClass(error) + ": " + names.errorMessage(error));
        }

        @Override
        public void mark(MarkKind kind, long atNanos, String text) {
            marks.add(kind + " " + text);
        }
    }
}
