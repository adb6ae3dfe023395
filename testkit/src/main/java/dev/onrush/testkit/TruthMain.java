package dev.onrush.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/** A {@link TruthServer} as a program: options in, the port on standard output, the ledger as a file at the end. */
final class TruthMain {
    private static final String HELP = """
            Options, each with one value; times in milliseconds:
              --port N             listen on this port of 127.0.0.1 (0: any free one)
              --body N             answer with a body of N bytes (3)
              --time N             response time, always the same (0)
              --time-between A,B   even between A and B
              --time-humps A,B,S   A, but B for a share S (0..1)
              --time-lognormal M,S median M, sigma S
              --seed N             seed of the times (1)
              --stall AT,FOR       answer nothing for FOR, AT after the first request; may come several times
              --tls valid          speak TLS with a certificate of a test authority
              --counts PATH        tell under this path, at once, what was counted so far, in the form of nginx stub_status
              --ledger FILE        write the ledger there as CSV when the server ends
            """;

    private TruthSetup setup = TruthServer.setup().keepEntries(false);
    private long seed = 1;
    private @Nullable Path ledgerFile;
    /** Set before anyone can know the port and ask. */
    private volatile @Nullable TruthServer server;

    static void run(String[] args) throws InterruptedException {
        var main = new TruthMain();
        if (List.of(args).contains("--help")) {
            System.out.print(HELP);
            return;
        }
        main.read(args);
        var server = main.setup.start();
        main.server = server;
        var over = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            main.writeLedger(server.ledger());
            over.countDown();
        }));
        System.out.println(server.port());
        over.await();
    }

    private void read(String[] args) {
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException("option " + args[args.length - 1] + " needs a value\n" + HELP);
        }
        for (int i = 0; i < args.length; i += 2) {
            if (args[i].equals("--seed")) {
                seed = Long.parseLong(args[i + 1]);
            }
        }
        for (int i = 0; i < args.length; i += 2) {
            setup = with(args[i], args[i + 1]);
        }
    }

    private TruthSetup with(String option, String value) {
        String[] parts = value.split(",", -1);
        return switch (option) {
            case "--seed" -> setup;
            case "--port" -> setup.port(Integer.parseInt(value));
            case "--body" ->
                setup.otherwise(TruthResponse.status(200)
                        .header("Content-Type", "text/plain")
                        .body("x".repeat(Integer.parseInt(value))));
            case "--time" -> setup.responseTime(ResponseTime.fixed(millis(value)));
            case "--time-between" -> setup.responseTime(ResponseTime.uniform(millis(parts[0]), millis(parts[1]), seed));
            case "--time-humps" ->
                setup.responseTime(
                        ResponseTime.twoHumped(millis(parts[0]), millis(parts[1]), Double.parseDouble(parts[2]), seed));
            case "--time-lognormal" ->
                setup.responseTime(ResponseTime.logNormal(millis(parts[0]), Double.parseDouble(parts[1]), seed));
            case "--stall" -> setup.stall(millis(parts[0]), millis(parts[1]));
            case "--tls" -> setup.tls(TestCertificates.server(TestCertificates.Kind.VALID));
            case "--counts" ->
                setup.route(value, request -> TruthResponse.ok(counts()).after(Duration.ZERO));
            case "--ledger" -> {
                ledgerFile = Path.of(value);
                yield setup.keepEntries(true);
            }
            default -> throw new IllegalArgumentException("unknown option " + option + "\n" + HELP);
        };
    }

    private String counts() {
        var counted = server;
        if (counted == null) {
            return "not started";
        }
        long accepted = counted.connectionsAccepted();
        return "Active connections: " + counted.connectionsOpen() + "\nserver accepts handled requests\n " + accepted
                + " " + accepted + " " + counted.ledger().arrivals() + "\n";
    }

    private static Duration millis(String number) {
        return Duration.ofNanos(Math.round(Double.parseDouble(number) * 1_000_000));
    }

    private void writeLedger(Ledger ledger) {
        if (ledgerFile == null) {
            return;
        }
        ledger.writeCsv(ledgerFile);
    }
}
