package dev.onrush.examples.target;

import java.time.Duration;
import java.util.Locale;

/** Runs the target alone, until it is interrupted. */
public final class TargetMain {
    private static final String USAGE = """
            Usage: TargetMain [--port N] [--io-threads N] [--token TEXT] [--queue N] [--seed N]
                              [--replicas MIN..MAX] [--start-up TIME] [--scaling-502 SHARE]
                              [--service-time none | fixed:TIME | exponential:TIME | lognormal:TIME:SIGMA]
            TIME is 20ms, 3s or the like.\
            """;

    private TargetMain() {}

    public static void main(String[] args) throws InterruptedException {
        Target target;
        try {
            target = parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            System.exit(1);
            return;
        }
        TargetServer server = target.start();
        System.out.println("Target listens on " + server.baseUrl() + ", metrics on " + server.baseUrl()
                + "/metrics, token " + target.token());
        server.join();
    }

    static Target parse(String... args) {
        Target target = Target.defaults().port(8080);
        for (int i = 0; i < args.length; i += 2) {
            String option = args[i];
            if (i + 1 == args.length) {
                throw new IllegalArgumentException("option " + option + " needs a value.");
            }
            String value = args[i + 1];
            target = switch (option) {
                case "--port" -> target.port(Integer.parseInt(value));
                case "--io-threads" -> target.ioThreads(Integer.parseInt(value));
                case "--token" -> target.token(value);
                case "--queue" -> target.queueCapacity(Integer.parseInt(value));
                case "--seed" -> target.seed(Long.parseLong(value));
                case "--replicas" -> target.scaling(replicas(value, target.scaling()));
                case "--start-up" -> target.scaling(target.scaling().startUp(time(value)));
                case "--scaling-502" -> target.scaling(target.scaling().failureShare(Double.parseDouble(value)));
                case "--service-time" -> target.serviceTime(serviceTime(value));
                default -> throw new IllegalArgumentException("unknown option " + option + ".");
            };
        }
        return target;
    }

    private static Scaling replicas(String value, Scaling rest) {
        String[] ends = value.split("\\.\\.", -1);
        Scaling bounds = Scaling.between(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
        return bounds.startUp(rest.startUp()).failureShare(rest.failureShare());
    }

    private static ServiceTime serviceTime(String value) {
        String[] parts = value.split(":", -1);
        String kind = parts[0].toLowerCase(Locale.ROOT) + "/" + parts.length;
        return switch (kind) {
            case "none/1" -> ServiceTime.none();
            case "fixed/2" -> ServiceTime.fixed(time(parts[1]));
            case "exponential/2" -> ServiceTime.exponential(time(parts[1]));
            case "lognormal/3" -> ServiceTime.logNormal(time(parts[1]), Double.parseDouble(parts[2]));
            default -> throw new IllegalArgumentException("unknown service time " + value + ".");
        };
    }

    private static Duration time(String value) {
        String text = value.toLowerCase(Locale.ROOT);
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text);
    }
}
