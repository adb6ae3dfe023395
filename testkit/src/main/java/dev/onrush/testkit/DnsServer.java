package dev.onrush.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A name server on UDP that answers by table and counts who was asked for. A name that is not in the table does not exist.
 *
 * <p>Answers may be changed at any time. The system's resolver asks port 53, so that it is of use inside of a {@link NetSandbox}.
 * Safe for use by several threads.
 */
public final class DnsServer implements AutoCloseable {
    private static final int HEADER_BYTES = 12;
    private static final int TYPE_A = 1;
    private static final int TYPE_AAAA = 28;
    /** No resolver between us and the JDK keeps answers; what one does with this is its own matter. */
    private static final int TTL_SECONDS = 1;

    private final DatagramSocket socket;
    private final Thread thread;
    private final ScheduledExecutorService delayed;
    private final Map<String, DnsAnswer> answers = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> questions = new ConcurrentHashMap<>();

    private DnsServer(int port) {
        try {
            socket = new DatagramSocket(Loopback.socket("127.0.0.1", port));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on UDP port " + port, e);
        }
        delayed = Executors.newSingleThreadScheduledExecutor(task -> Daemon.thread(task, "dns-server-delayed"));
        thread = Daemon.thread(this::serve, "dns-server");
        thread.start();
    }

    /** Starts one on this port of 127.0.0.1; 0 means any free one. */
    public static DnsServer start(int port) {
        return new DnsServer(port);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** From now on this name has this answer. */
    public DnsServer name(String name, DnsAnswer answer) {
        answers.put(key(name), answer);
        return this;
    }

    /** How often the IPv4 address of this name was asked for; a resolver asks for the IPv6 address besides. */
    public long questions(String name) {
        LongAdder count = questions.get(key(name));
        return count == null ? 0 : count.sum();
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    @Override
    public void close() {
        socket.close();
        delayed.shutdownNow();
        Closing.join(thread);
    }

    private void serve() {
        var buffer = new byte[1500];
        while (!socket.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                answer(Arrays.copyOf(packet.getData(), packet.getLength()), packet);
            } catch (IOException e) {
                // Closed; or one datagram that could not be read, and its sender asks again.
            }
        }
    }

    private void answer(byte[] question, DatagramPacket from) throws IOException {
        int at = HEADER_BYTES;
        var name = new StringBuilder();
        while (at < question.length && question[at] != 0) {
            int length = question[at];
            name.append(new String(question, at + 1, length, StandardCharsets.ISO_8859_1))
                    .append('.');
            at += 1 + length;
        }
        if (at + 5 > question.length) {
            return; // no question
        }
        int type = (question[at + 1] & 0xff) << 8 | question[at + 2] & 0xff;
        String key = key(name.toString());
        if (type == TYPE_A) {
            questions.computeIfAbsent(key, any -> new LongAdder()).increment();
        }
        DnsAnswer answer = answers.getOrDefault(key, DnsAnswer.notFound());
        byte[] bytes = message(question, at + 5, type, answer);
        var reply = new DatagramPacket(bytes, bytes.length, from.getSocketAddress());
        if (answer.delay().isZero()) {
            socket.send(reply);
        } else {
            sendLater(reply, answer.delay().toNanos());
        }
    }

    private void sendLater(DatagramPacket reply, long nanos) {
        try {
            delayed.schedule(
                    () -> {
                        socket.send(reply);
                        return null;
                    },
                    nanos,
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // It is being closed.
        }
    }

    /** Repeats the question, up to its end, and adds the records of that type. */
    private static byte[] message(byte[] question, int questionEnd, int type, DnsAnswer answer) throws IOException {
        List<InetAddress> records = answer.addresses().stream()
                .filter(address -> address.getAddress().length == (type == TYPE_A ? 4 : 16))
                .filter(address -> type == TYPE_A || type == TYPE_AAAA)
                .toList();
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(question, 0, 2);
        out.writeShort(0x8580 | answer.code()); // an answer, authoritative, recursion asked for and available
        out.writeShort(1);
        out.writeShort(records.size());
        out.writeInt(0);
        out.write(question, HEADER_BYTES, questionEnd - HEADER_BYTES);
        for (InetAddress record : records) {
            out.writeShort(0xc000 | HEADER_BYTES); // the name of the question
            out.writeShort(type);
            out.writeShort(1);
            out.writeInt(TTL_SECONDS);
            out.writeShort(record.getAddress().length);
            out.write(record.getAddress());
        }
        return bytes.toByteArray();
    }
}
