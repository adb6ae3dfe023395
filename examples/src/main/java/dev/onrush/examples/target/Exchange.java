package dev.onrush.examples.target;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncServerExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.ResponseChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * One request and its answer: in at the door, through the queue, out.
 *
 * <p>Its request side is called on one I/O thread; the answer is sent on that thread or on the timers' thread.
 */
final class Exchange implements AsyncServerExchangeHandler, WorkerPool.Job {
    private static final int LARGEST_BODY = 1 << 20;
    private static final byte[] NOTHING = new byte[0];
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Routes routes;
    private final WorkerPool pool;
    private final Metrics metrics;

    private @Nullable HttpRequest request;
    private @Nullable ResponseChannel channel;
    private @Nullable HttpContext context;
    private @Nullable ByteArrayOutputStream received;
    private @Nullable Call call;
    private Route.@Nullable Operation operation;
    private String path = "other";
    private volatile @Nullable ByteBuffer unsent;

    Exchange(Routes routes, WorkerPool pool, Metrics metrics) {
        this.routes = routes;
        this.pool = pool;
        this.metrics = metrics;
    }

    @Override
    public void handleRequest(
            HttpRequest request, @Nullable EntityDetails entity, ResponseChannel channel, HttpContext context)
            throws HttpException, IOException {
        this.request = request;
        this.channel = channel;
        this.context = context;
        if (entity == null) {
            arrived(request, NOTHING);
        } else {
            received =
                    new ByteArrayOutputStream(Math.max(256, (int) Math.min(entity.getContentLength(), LARGEST_BODY)));
            if (request.containsHeader("Expect")) {
                channel.sendInformation(new BasicHttpResponse(100), context);
            }
        }
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        capacity.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer bytes) {
        ByteArrayOutputStream body = received;
        if (body == null || body.size() > LARGEST_BODY) {
            return; // read on and forget: the answer is 413, and the connection stays usable
        }
        if (bytes.hasArray()) {
            body.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            body.write(copy, 0, copy.length);
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        if (request != null) {
            arrived(request, received == null ? NOTHING : received.toByteArray());
        }
    }

    private void arrived(HttpRequest head, byte[] body) {
        String target = head.getPath() == null ? "/" : head.getPath();
        int question = target.indexOf('?');
        String bare = question < 0 ? target : target.substring(0, question);
        Routes.Found found = routes.find(bare);
        if (found == null) {
            send(Answer.error(404, "no such path: " + bare));
            return;
        }
        path = found.route().path();
        operation = found.route().operations().get(head.getMethod());
        if (operation == null) {
            String allowed = found.route().allowed();
            send(Answer.error(405, "this path answers " + allowed).with("Allow", allowed));
            return;
        }
        if (body.length > LARGEST_BODY) {
            send(Answer.error(413, "the body is larger than " + LARGEST_BODY + " bytes"));
            return;
        }
        call = new Call(head, found.tail(), question < 0 ? "" : target.substring(question + 1), body);
        Answer refusal = operation.door().refusal(call);
        if (refusal != null) {
            send(refusal);
        } else if (operation.queued()) {
            pool.submit(this);
        } else {
            served();
        }
    }

    @Override
    public void served() {
        Answer answer;
        try {
            answer = operation == null || call == null
                    ? Answer.error(500, "served before it arrived")
                    : operation.handler().answer(call);
        } catch (JacksonException e) {
            answer = Answer.error(400, "the body is no valid JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            answer = Answer.error(400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            answer = Answer.error(500, e.toString());
        }
        send(answer);
    }

    @Override
    public void refused(int status, String reason) {
        send(Answer.error(status, reason));
    }

    private void send(Answer answer) {
        if (request == null || channel == null) {
            return;
        }
        // an unknown method must not make a series of its own
        String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
        metrics.answered(method, path, answer.status());
        HttpResponse response = new BasicHttpResponse(answer.status());
        answer.headers().forEach(response::setHeader);
        byte[] body = answer.body();
        try {
            if (body.length == 0) {
                channel.sendResponse(response, null, context);
            } else {
                unsent = ByteBuffer.wrap(body);
                channel.sendResponse(response, new BasicEntityDetails(body.length, answer.type()), context);
            }
        } catch (HttpException | IOException e) {
            unsent = null; // the client has gone; nobody is left to tell
        }
    }

    @Override
    public int available() {
        ByteBuffer rest = unsent;
        return rest == null ? 0 : rest.remaining();
    }

    /** Called by whoever sends the answer and, if the socket was full, again by the I/O thread. */
    @Override
    public synchronized void produce(DataStreamChannel out) throws IOException {
        ByteBuffer rest = unsent;
        if (rest == null) {
            return;
        }
        out.write(rest);
        if (!rest.hasRemaining()) {
            unsent = null;
            out.endStream(null);
        }
    }

    @Override
    public void failed(Exception cause) {
        unsent = null;
    }

    @Override
    public void releaseResources() {
        unsent = null;
    }
}
