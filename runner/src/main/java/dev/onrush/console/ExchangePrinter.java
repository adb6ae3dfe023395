package dev.onrush.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Secrets;
import dev.onrush.core.eventlog.ExchangeText;
import dev.onrush.core.eventlog.NameTable;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.protocol.ExchangeListener;
import dev.onrush.core.session.Excerpt;
import dev.onrush.core.session.UserSession;

/** Prints every exchange, whole, as it ends; one at a time. */
public final class ExchangePrinter implements ExchangeListener {
    private static final int WIDTH = 100;
    private static final int VALUE = 200;

    private final PrintStream out;
    private final NameTable names;
    private final Secrets secrets;

    public ExchangePrinter(PrintStream out, NameTable names, Secrets secrets) {
        this.out = out;
        this.names = names;
        this.secrets = secrets;
    }

    @Override
    public boolean wants(RequestSample sample) {
        return true;
    }

    @Override
    public void ended(
            Recorder recorder, RequestSample sample, ExchangeText travelled, UserSession before, UserSession after) {
        ExchangeText exchange = travelled.masked(secrets);
        List<String> lines = new ArrayList<>();
        lines.add(title(sample));
        if (exchange.method().isEmpty()) {
            lines.add("> (no request came to be)");
        } else {
            lines.add("> " + exchange.method() + " " + exchange.target());
            part(lines, "> ", exchange.requestHead(), exchange.requestBody());
        }
        if (exchange.responseHead().isEmpty()) {
            lines.add("< (no answer)");
        } else {
            part(lines, "< ", exchange.responseHead(), exchange.responseBody());
        }
        lines.add(outcome(sample));
        if (sample.actualStartNanos != RequestSample.NONE) {
            lines.add(times(sample));
        }
        String saved = secrets.mask(saved(before, after));
        if (!saved.isEmpty()) {
            lines.add("= saved: " + saved);
        }
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(SafeText.of(line.replace("\t", "    "))).append(System.lineSeparator());
        }
        synchronized (this) {
            out.println(text);
            out.flush();
        }
    }

    private String title(RequestSample sample) {
        List<String> path = new ArrayList<>(names.groupPath(names.groupOfRequest(sample.request)));
        path.add(names.requestName(sample.request));
        String title = "── " + Figures.clock(sample.endNanos) + "  user " + sample.userId + ", scenario \""
                + names.scenarioName(sample.scenario) + "\": " + String.join(" > ", path) + " ";
        return title + "─".repeat(Math.max(2, WIDTH - title.length()));
    }

    private static void part(List<String> lines, String mark, String head, String body) {
        head.lines().forEach(line -> lines.add(mark + line));
        if (!body.isEmpty()) {
            lines.add(mark.strip());
            body.lines().forEach(line -> lines.add(mark + line));
        }
    }

    private String outcome(RequestSample sample) {
        String how = switch (sample.outcome) {
            case RequestSample.OK -> "OK";
            case RequestSample.KO -> "KO";
            case RequestSample.UNFINISHED -> "unfinished: the run stopped";
            default -> "not sent";
        };
        if (sample.error == RequestSample.NO_ERROR) {
            return "= " + how;
        }
        String message = names.errorMessage(sample.error);
        return "= " + how + "  " + names.errorClass(sample.error) + (message.isEmpty() ? "" : ": " + message)
                + (sample.attempt ? " (sent once more on a new connection)" : "");
    }

    private static String times(RequestSample sample) {
        StringBuilder text = new StringBuilder("= response time " + Figures.time(sample.responseMicros()));
        String phases = phases(sample);
        if (!phases.isEmpty()) {
            text.append(" (").append(phases).append(')');
        }
        return text.append(", sent ")
                .append(sample.bytesSent)
                .append(" bytes, received ")
                .append(sample.bytesReceived)
                .append(" bytes")
                .toString();
    }

    private static String phases(RequestSample sample) {
        List<String> phases = new ArrayList<>();
        phase(phases, "DNS", sample.dnsNanos);
        phase(phases, "connect", sample.connectNanos);
        phase(phases, "TLS", sample.tlsNanos);
        phase(phases, "first byte", sample.firstByteNanos);
        return String.join(", ", phases);
    }

    private static void phase(List<String> phases, String name, long nanos) {
        if (nanos != RequestSample.NONE) {
            phases.add(name + " " + Figures.time(nanos / 1000));
        }
    }

    private static String saved(UserSession before, UserSession after) {
        if (before == after) {
            return "";
        }
        Map<String, @Nullable Object> old = before.attributes();
        return after.attributes().entrySet().stream()
                .filter(entry ->
                        !old.containsKey(entry.getKey()) || !Objects.equals(old.get(entry.getKey()), entry.getValue()))
                .map(entry -> entry.getKey() + " = " + Excerpt.ofValue(entry.getValue(), VALUE))
                .collect(Collectors.joining(", "));
    }
}
