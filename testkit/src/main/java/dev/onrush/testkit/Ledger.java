package dev.onrush.testkit;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * What arrived at a {@link TruthServer} and what was answered, in the order of arrival.
 *
 * <p>Safe to read from any thread at any time; a request is an arrival as soon as its head is complete.
 */
public final class Ledger {
    private final boolean keepsEntries;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, LongAdder> arrivalsByPath = new ConcurrentHashMap<>();
    private final Map<Answer, LongAdder> answers = new ConcurrentHashMap<>();

    private record Answer(String path, int status) {}

    Ledger(boolean keepsEntries) {
        this.keepsEntries = keepsEntries;
    }

    /** One request under way; written by the server's thread only. */
    final class Row {
        private final long arrivalNanos;
        private final long connection;
        private final String method;
        private final String path;
        private final @Nullable String id;
        private long bytesReceived;
        private int status;
        private long answeredNanos;
        private long bytesSent;

        private Row(RequestHead head, long arrivalNanos, long connection) {
            this.arrivalNanos = arrivalNanos;
            this.connection = connection;
            this.method = head.method();
            this.path = RequestHead.pathOf(head.target());
            this.id = head.headers().first(TruthRequest.ID_HEADER);
        }

        long arrivalNanos() {
            return arrivalNanos;
        }

        @Nullable
        String id() {
            return id;
        }

        boolean isHead() {
            return method.equals("HEAD");
        }

        void received(long bytes) {
            synchronized (rows) {
                bytesReceived = bytes;
            }
        }

        void sent(long bytes) {
            synchronized (rows) {
                bytesSent += bytes;
            }
        }

        void answered(int answer, long nanos) {
            synchronized (rows) {
                status = answer;
                answeredNanos = nanos;
            }
            answers.computeIfAbsent(new Answer(path, answer), key -> new LongAdder())
                    .increment();
        }

        private LedgerEntry entry() {
            return new LedgerEntry(
                    arrivalNanos, connection, method, path, id, bytesReceived, status, answeredNanos, bytesSent);
        }
    }

    Row arrive(RequestHead head, long arrivalNanos, long connection) {
        var row = new Row(head, arrivalNanos, connection);
        arrivalsByPath.computeIfAbsent(row.path, key -> new LongAdder()).increment();
        if (keepsEntries) {
            synchronized (rows) {
                rows.add(row);
            }
        }
        return row;
    }

    /** Every request so far, in the order of arrival: a copy that does not change any more. */
    public List<LedgerEntry> entries() {
        if (!keepsEntries) {
            throw new IllegalStateException(
                    "this ledger keeps counters only. Start the server with keepEntries(true).");
        }
        synchronized (rows) {
            var entries = new ArrayList<LedgerEntry>(rows.size());
            for (Row row : rows) {
                entries.add(row.entry());
            }
            return List.copyOf(entries);
        }
    }

    /**
     * Writes every request so far to a file, one line each, for a reader that shares no code with us: {@code tools/oracle.py}
     * compares it with a run's log. Needs entries.
     */
    public void writeCsv(Path file) {
        try (var out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            out.print("arrivalNanos,connection,method,path,id,bytesReceived,status,answeredNanos,bytesSent\n");
            for (LedgerEntry entry : entries()) {
                out.print(entry.arrivalNanos() + "," + entry.connection() + "," + cell(entry.method()) + ","
                        + cell(entry.path()) + "," + cell(entry.id() == null ? "" : entry.id()) + ","
                        + entry.bytesReceived() + "," + entry.status() + "," + entry.answeredNanos() + ","
                        + entry.bytesSent() + "\n");
            }
            if (out.checkError()) {
                throw new IOException("the file could not be written");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the ledger to " + file, e);
        }
    }

    /** Method, path and id are the client's: they may hold a comma or a quote. */
    private static String cell(String text) {
        return text.indexOf(',') < 0 && text.indexOf('"') < 0 ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** Requests that arrived. */
    public long arrivals() {
        return sum(arrivalsByPath.values());
    }

    /** Requests that arrived for this path (without query). */
    public long arrivals(String path) {
        return value(arrivalsByPath.get(path));
    }

    /** Requests answered whole. */
    public long answered() {
        return sum(answers.values());
    }

    /** Requests for this path answered whole with this status. */
    public long answered(String path, int status) {
        return value(answers.get(new Answer(path, status)));
    }

    /** Requests answered whole, by path and then by status, sorted. */
    public Map<String, Map<Integer, Long>> answeredByPathAndStatus() {
        var counts = new TreeMap<String, Map<Integer, Long>>();
        answers.forEach((answer, count) ->
                counts.computeIfAbsent(answer.path, key -> new TreeMap<>()).put(answer.status, count.sum()));
        return counts;
    }

    /** Forgets everything, for instance what a warm-up left. Requests under way are counted when they are answered. */
    public void clear() {
        synchronized (rows) {
            rows.clear();
        }
        arrivalsByPath.clear();
        answers.clear();
    }

    private static long value(@Nullable LongAdder adder) {
        return adder == null ? 0 : adder.sum();
    }

    private static long sum(Iterable<LongAdder> adders) {
        long sum = 0;
        for (LongAdder adder : adders) {
            sum += adder.sum();
        }
        return sum;
    }
}
