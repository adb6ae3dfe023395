package dev.onrush.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NetSandboxTest {
    @BeforeAll
    static void needsNamespaces() {
        Optional<String> missing = NetSandbox.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
    }

    /** What a program sees inside. */
    static final class Inside {
        public static void main(String[] args) throws Exception {
            try (var dns = DnsServer.start(53)
                            .name("shop.test", DnsAnswer.of("127.0.0.7", "127.0.0.8", "::1"))
                            .name("empty.test", DnsAnswer.empty())
                            .name("broken.test", DnsAnswer.serverFailure());
                    var server = TruthServer.setup().port(8080).start()) {
                System.out.println("shop.test " + addresses("shop.test"));
                System.out.println("questions " + dns.questions("shop.test"));
                System.out.println("empty.test " + addresses("empty.test"));
                System.out.println("broken.test " + addresses("broken.test"));
                System.out.println("gone.test " + addresses("gone.test"));
                System.out.println("out " + connect("192.0.2.1", 80));
                System.out.println("connected " + connections(server.port()));
            }
        }

        private static String addresses(String name) {
            try {
                return Arrays.stream(InetAddress.getAllByName(name))
                        .map(InetAddress::getHostAddress)
                        .sorted()
                        .toList()
                        .toString();
            } catch (UnknownHostException e) {
                return e.getMessage();
            }
        }

        private static String connect(String host, int port) throws Exception {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), 2000);
                return "open";
            } catch (java.io.IOException e) {
                return e.getMessage();
            }
        }

        private static int connections(int port) throws Exception {
            List<Socket> open = new ArrayList<>();
            try {
                while (open.size() < 100) {
                    var socket = new Socket();
                    open.add(socket);
                    socket.connect(new InetSocketAddress("127.0.0.1", port), 2000);
                }
            } catch (BindException e) { // cannot assign requested address
                open.remove(open.size() - 1).close();
            }
            for (Socket socket : open) {
                socket.close();
            }
            return open.size();
        }
    }

    @Test
    void givesWhoRunsInsideNamesPortsAndNoWayOut() throws Exception {
        try (var sandbox = NetSandbox.open().localPorts(40_000, 40_031);
                var child = sandbox.inside(ChildRun.of(Inside.class)).start()) {
            ChildResult result = child.await(Duration.ofSeconds(30));

            assertThat(result.exitCode()).as(result.toString()).isZero();
            assertThat(result.out())
                    .containsExactly(
                            "shop.test [0:0:0:0:0:0:0:1, 127.0.0.7, 127.0.0.8]",
                            "questions 1",
                            "empty.test empty.test: No address associated with hostname",
                            "broken.test broken.test: Temporary failure in name resolution",
                            "gone.test gone.test: Name or service not known",
                            "out Network is unreachable",
                            "connected 32");
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        String name;
        try (var sandbox = NetSandbox.open()) {
            name = names().stream()
                    .filter(each ->
                            each.startsWith("onrush-" + ProcessHandle.current().pid() + "-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Path.of("/etc/netns", name, "resolv.conf")).exists();
            assertThat(sandbox).isNotNull();
        }

        assertThat(names()).doesNotContain(name);
        assertThat(Path.of("/etc/netns", name)).doesNotExist();
    }

    private static List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("/run/netns"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
