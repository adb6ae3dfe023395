package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.TruthServer;

/** A whole run, from the command line to the report, talks to its target and to nobody else (S28). */
@Tag("slow")
@Tag("beside")
class NoCallHomeTest {
    private static final int PORT = 8080;
    private static final Pattern CALL = Pattern.compile("(connect|sendto|sendmsg|sendmmsg)\\((\\d+), (.*)");
    private static final Pattern INET =
            Pattern.compile("htons\\((\\d+)\\).*?(?:inet_addr\\(|inet_pton\\(AF_INET6, )\"([^\"]+)\"");

    private static final Pattern SERVICE = Pattern.compile("sa_family=AF_UNIX, sun_path=\"([^\"]+)\"");

    @TempDir
    Path results;

    static final class Few extends Simulation {
        {
            setUp(scenario("few")
                            .exec(http("home").get("http://127.0.0.1:" + PORT + "/"))
                            .injectOpen(rampUsers(10).during(1)))
                    .seed(1);
        }
    }

    static final class WatchedScene implements Scene {
        @Override
        public void play(Path folder) throws Exception {
            Path trace = folder.resolve("trace");
            Trial trial = Trial.of(Few.class, folder.resolve("results"));
            try (TruthServer server = TruthServer.setup().port(PORT).start();
                    ChildRun child = trial.child("-Xmx256m")
                            .through(
                                    "strace",
                                    "-f",
                                    "--seccomp-bpf",
                                    "-qq",
                                    "-e",
                                    "trace=connect,sendto,sendmsg,sendmmsg",
                                    "-o",
                                    trace.toString())
                            .start()) {
                TrialRun run = trial.after(child.await(Duration.ofSeconds(90)));

                Invariants.hold(run).scheduled(10).arrived(server.ledger()).ended(Duration.ofSeconds(1), 0);
                Map<String, Long> calls = calls(trace);
                Figures.print("S28", "a whole run in a network without a way out, by strace: %s; elsewhere 0", calls);
                assertThat(calls).containsEntry("connect 127.0.0.1:" + PORT, 10L);
                // The C library asks there who the user of the process is; it is no network.
                assertThat(calls.keySet()).isSubsetOf("connect 127.0.0.1:" + PORT, "connect /var/run/nscd/socket");
            }
        }

        /** Calls that name an address, and how often each. Sockets of the system's own services in the file system are told, too. */
        private static Map<String, Long> calls(Path trace) throws IOException {
            try (Stream<String> lines = Files.lines(trace)) {
                return lines.flatMap(line -> call(line).stream())
                        .collect(Collectors.groupingBy(call -> call, TreeMap::new, Collectors.counting()));
            }
        }

        private static List<String> call(String line) {
            Matcher call = CALL.matcher(line);
            if (!call.find() || !call.group(3).contains("sa_family")) {
                return List.of(); // on a connection that was connected before
            }
            Matcher inet = INET.matcher(call.group(3));
            if (inet.find()) {
                String address = inet.group(2).replace("::ffff:", "");
                return List.of(call.group(1) + " " + address + ":" + inet.group(1));
            }
            Matcher service = SERVICE.matcher(call.group(3));
            return List.of(call.group(1) + " " + (service.find() ? service.group(1) : call.group(3)));
        }
    }

    @Test
    void aRunTalksToItsTargetOnly() throws Exception {
        assumeTrue(
                Stream.of("/usr/bin/strace", "/bin/strace").anyMatch(file -> Files.isExecutable(Path.of(file))),
                "skipped: no strace (Debian package strace)");
        Sandboxed.play(WatchedScene.class, results);
    }
}
