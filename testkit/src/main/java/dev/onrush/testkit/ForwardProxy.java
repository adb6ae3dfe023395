package dev.onrush.testkit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * A proxy as clients are told to use: {@code CONNECT} and requests with the whole URL, SOCKS 4 and SOCKS 5, on one port. It leads to
 * loopback only and keeps what it was asked for.
 *
 * <p>Names come from a table of its own, as a proxy knows names that its clients do not. Two threads per connection.
 */
public final class ForwardProxy implements AutoCloseable {
    private static final int MOST_HEAD_BYTES = 64 * 1024;

    private final ServerSocket listener;
    private final Thread thread;
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile @Nullable String user;
    private volatile String password = "";
    private volatile byte @Nullable [] onlyAnswer;
    private volatile boolean isSilent;

    private ForwardProxy(ServerSocketFactory sockets) {
        try {
            listener = sockets.createServerSocket();
            listener.bind(Loopback.socket("127.0.0.1", 0));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen", e);
        }
        thread = Daemon.thread(this::accept, "forward-proxy");
        thread.start();
    }

    public static ForwardProxy start() {
        return new ForwardProxy(ServerSocketFactory.getDefault());
    }

    /** One that is spoken to under TLS. */
    public static ForwardProxy start(SSLContext tls) {
        return new ForwardProxy(tls.getServerSocketFactory());
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on this name leads to this loopback address. */
    public ForwardProxy name(String name, String address) {
        names.put(name, Loopback.check(address));
        return this;
    }

    /** From now on it wants these credentials; of SOCKS 4 it wants the user. */
    public ForwardProxy credentials(String wantedUser, String wantedPassword) {
        password = wantedPassword;
        user = wantedUser;
        return this;
    }

    /** From now on it says this to whatever comes first on a connection, and closes it. */
    public ForwardProxy answering(String latin1) {
        onlyAnswer = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return this;
    }

    /** From now on it says nothing at all. */
    public ForwardProxy silent() {
        isSilent = true;
        return this;
    }

    /** What it was asked for, as in {@code CONNECT shop.test:443}, {@code GET http://shop.test/}, {@code SOCKS5 shop.test:80}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Heads of requests of HTTP, as they came. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    @Override
    public void close() {
        Closing.quietly(listener);
        open.forEach(Closing::quietly);
        Closing.join(thread);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Daemon.thread(() -> serve(client), "forward-proxy-client").start();
            } catch (IOException e) {
                // It is being closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            in.mark(1);
            int first = in.read();
            in.reset();
            byte[] only = onlyAnswer;
            if (isSilent) {
                in.transferTo(OutputStream.nullOutputStream());
            } else if (only != null) {
                hear(in, first);
                client.getOutputStream().write(only);
            } else if (first == 4) {
                socks4(in, client);
            } else if (first == 5) {
                socks5(in, client);
            } else if (first >= 0) {
                http(in, client);
            }
        } catch (IOException e) {
            // One of the two has left.
        } finally {
            open.remove(client);
        }
    }

    private static void hear(DataInputStream in, int first) throws IOException {
        if (first == 4) {
            in.readNBytes(8);
            word(in);
        } else if (first == 5) {
            in.read();
            in.readNBytes(in.readUnsignedByte());
        } else {
            head(in);
        }
    }

    private Socket target(String host, int port) throws IOException {
        InetAddress address = InetAddress.getByName(names.getOrDefault(host, host));
        if (!address.isLoopbackAddress()) {
            throw new IOException("the testkit leads to loopback only, was " + host);
        }
        var target = new Socket();
        target.setTcpNoDelay(true);
        target.connect(new InetSocketAddress(address, port));
        open.add(target);
        return target;
    }

    /** Both ways until one of the two has ended. */
    private void relay(InputStream in, Socket client, Socket target) throws IOException {
        try (target) {
            pump(target.getInputStream(), client);
            OutputStream out = target.getOutputStream();
            var buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } finally {
            open.remove(target);
        }
    }

    private static void pump(InputStream from, Socket to) {
        Daemon.thread(
                        () -> {
                            try {
                                from.transferTo(to.getOutputStream());
                            } catch (IOException e) {
                                // One of the two has left.
                            } finally {
                                Closing.quietly(to);
                            }
                        },
                        "forward-proxy-target")
                .start();
    }

    // ---- HTTP

    private void http(DataInputStream in, Socket client) throws IOException {
        Socket target = null;
        try {
            for (String head = head(in); head != null; head = head(in)) {
                heads.add(head);
                String[] line = head.lines().findFirst().orElse("").split(" ", -1);
                asked.add(line[0] + " " + line[1]);
                if (!isAllowed(head)) {
                    say(client, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
                    return;
                }
                boolean isConnect = line[0].equals("CONNECT");
                String authority = isConnect ? line[1] : line[1].split("/", -1)[2];
                if (target == null) {
                    int colon = authority.lastIndexOf(':');
                    try {
                        target = target(
                                colon < 0 ? authority : authority.substring(0, colon),
                                colon < 0 ? 80 : Integer.parseInt(authority.substring(colon + 1)));
                    } catch (IOException e) {
                        say(client, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
                        return;
                    }
                    if (isConnect) {
                        say(client, "HTTP/1.1 200 Connection established\r\n\r\n");
                        relay(in, client, target);
                        return;
                    }
                    pump(target.getInputStream(), client);
                }
                String path = line[1].substring(line[1].indexOf(authority) + authority.length());
                say(target, head.replace(line[1], path).replaceAll("(?i)Proxy-Authorization: [^\r]*\r\n", ""));
                target.getOutputStream().write(in.readNBytes(bodyBytes(head)));
            }
        } finally {
            if (target != null) {
                Closing.quietly(target);
            }
        }
    }

    private boolean isAllowed(String head) {
        String wanted = user;
        return wanted == null
                || head.contains("\r\nProxy-Authorization: Basic "
                        + Base64.getEncoder().encodeToString((wanted + ":" + password).getBytes(StandardCharsets.UTF_8))
                        + "\r\n");
    }

    private static int bodyBytes(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
                .findFirst()
                .orElse(0);
    }

    private static void say(Socket to, String latin1) throws IOException {
        to.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Up to and with the empty line; null at the end. */
    private static @Nullable String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < MOST_HEAD_BYTES && head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                return null;
            }
            head.append((char) read);
        }
        return head.toString();
    }

    // ---- SOCKS

    private void socks4(DataInputStream in, Socket client) throws IOException {
        in.readUnsignedShort(); // version, command
        int port = in.readUnsignedShort();
        InetAddress address = InetAddress.getByAddress(in.readNBytes(4));
        String name = word(in);
        asked.add("SOCKS4 " + address.getHostAddress() + ":" + port);
        String wanted = user;
        int code = wanted == null || wanted.equals(name) ? 90 : 93;
        Socket target = null;
        if (code == 90) {
            try {
                target = target(address.getHostAddress(), port);
            } catch (IOException e) {
                code = 91;
            }
        }
        client.getOutputStream().write(new byte[] {0, (byte) code, 0, 0, 0, 0, 0, 0});
        if (target != null) {
            relay(in, client, target);
        }
    }

    /** Up to a zero. */
    private static String word(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int read = in.read(); read != 0; read = in.read()) {
            if (read < 0) {
                throw new EOFException();
            }
            text.append((char) read);
        }
        return text.toString();
    }

    private void socks5(DataInputStream in, Socket client) throws IOException {
        OutputStream out = client.getOutputStream();
        in.readUnsignedByte();
        byte[] methods = in.readNBytes(in.readUnsignedByte());
        int method = user == null ? 0 : 2;
        boolean isOffered = new String(methods, StandardCharsets.ISO_8859_1).indexOf(method) >= 0;
        out.write(new byte[] {5, (byte) (isOffered ? method : 0xff)});
        if (!isOffered) {
            return;
        }
        if (method == 2) {
            in.readUnsignedByte();
            String name = text(in);
            boolean isRight = name.equals(user) & text(in).equals(password);
            out.write(new byte[] {1, (byte) (isRight ? 0 : 1)});
            if (!isRight) {
                return;
            }
        }
        in.readNBytes(3);
        int type = in.readUnsignedByte();
        String host = type == 3
                ? text(in)
                : InetAddress.getByAddress(in.readNBytes(type == 1 ? 4 : 16)).getHostAddress();
        int port = in.readUnsignedShort();
        asked.add("SOCKS5 " + host + ":" + port);
        Socket target = null;
        try {
            target = target(host, port);
        } catch (IOException e) {
            // Said in the reply.
        }
        out.write(new byte[] {5, (byte) (target == null ? 5 : 0), 0, 1, 0, 0, 0, 0, 0, 0});
        if (target != null) {
            relay(in, client, target);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
    }
}
