package dev.onrush.http.internal.request;

import java.util.ArrayList;
import java.util.List;

import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.check.Check;
import dev.onrush.core.check.Checks;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.scenario.Compilation;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;
import dev.onrush.http.internal.wire.Route;
import dev.onrush.http.internal.wire.Timeouts;
import dev.onrush.http.internal.wire.WireRequest;

/** Sends one request of a user. What is the same for all users is made once. */
final class HttpRequestAction extends Action {
    private final Action next;
    private final HttpClient client;
    private final HttpDefinition.Draft protocol;
    private final RequestDefinition definition;
    private final Names names;
    private final Expression<String> name;
    private final Expression<String> method;
    private final List<HeaderField> fields;
    private final @Nullable List<Header> fixedHeaders;
    private final @Nullable Expression<byte[]> body;
    private final Checks checks;
    private final Timeouts timeouts;
    private final boolean followsRedirects;
    /** Null: straight. */
    private final @Nullable Routing routing;
    /** Per base URL, if nothing in the request varies. */
    private final Prepared @Nullable [] prepared;

    /** A request that is the same for all users of a base URL, as long as they have no cookies. */
    record Prepared(Url url, WireRequest request) {}

    HttpRequestAction(
            Compilation compilation,
            RequestDefinition definition,
            HttpDefinition protocol,
            HttpClient client,
            Action next) {
        super(compilation.place());
        this.next = next;
        this.client = client;
        this.protocol = protocol.facts();
        this.definition = definition;
        this.names = compilation.names();
        this.name = definition.name();
        this.method = definition.method();
        RequestDefinition.Draft facts = definition.facts();
        this.body = body(compilation, facts);
        this.fields = fields(facts);
        this.followsRedirects = facts.followsRedirects && this.protocol.followsRedirects;
        this.routing = Routing.of(this.protocol, facts.proxy);
        this.timeouts = facts.timeoutNanos == 0
                ? protocol.timeouts()
                : protocol.timeouts().withTotal(facts.timeoutNanos);
        List<Check> all = new ArrayList<>(this.protocol.checks);
        all.addAll(facts.checks);
        this.checks = Checks.of(all, compilation.settings());
        report(compilation);
        UserSession nobody = UserSession.NOBODY;
        boolean areHeadersFixed =
                fields.stream().allMatch(field -> field.value().isConstant());
        this.fixedHeaders = areHeadersFixed ? headers(compilation, nobody) : null;
        this.prepared = fixedHeaders != null && isFixed() ? prepare(compilation, nobody) : null;
    }

    private static @Nullable Expression<byte[]> body(Compilation compilation, RequestDefinition.Draft facts) {
        if (facts.form == Parameters.NONE) {
            return facts.body == null ? null : facts.body.apply(compilation.settings());
        }
        if (facts.body != null) {
            compilation.problem("a request has either form parameters or a body, this one has both. Remove one.");
        }
        Parameters form = facts.form;
        return new FormBody(form);
    }

    private List<HeaderField> fields(RequestDefinition.Draft facts) {
        List<HeaderField> all = Headers.merged(protocol.headers, facts.headers);
        BasicAuth auth = facts.basicAuth != null ? facts.basicAuth : protocol.basicAuth;
        if (auth != null && !Headers.contains(facts.headers, "Authorization")) {
            all = Headers.with(all, auth.header());
        }
        if (!Headers.contains(all, "Accept")) {
            String accept = facts.accept == null ? "*/*" : facts.accept;
            all = Headers.with(all, new HeaderField("Accept", Expression.constant(accept)));
        }
        String type = facts.form != Parameters.NONE ? "application/x-www-form-urlencoded" : facts.contentType;
        if (body != null && type != null && !Headers.contains(all, "Content-Type")) {
            all = Headers.with(all, new HeaderField("Content-Type", Expression.constant(type)));
        }
        return all;
    }

    private void report(Compilation compilation) {
        RequestDefinition.Draft facts = definition.facts();
        compilation.reads(name);
        compilation.reads(method);
        compilation.reads(definition.url());
        fields.forEach(field -> compilation.reads(field.value()));
        facts.query.expressions().forEach(compilation::reads);
        facts.form.expressions().forEach(compilation::reads);
        if (body != null) {
            compilation.reads(body);
        }
        if (routing != null) {
            routing.expressions().forEach(compilation::reads);
        }
        checks.problems().forEach(compilation::problem);
        compilation.reads(checks.reads());
        compilation.sets(checks.saves());
        for (HeaderField field : fields) {
            if (!HeaderField.isToken(field.name())) {
                compilation.problem("\"" + field.name() + "\" cannot be the name of a header.");
            }
        }
        compilation.request(name.isConstant() ? name.evaluate(UserSession.NOBODY) : null);
        String url = definition.url().source();
        if (url != null && Url.isAbsolute(url) && !hostOf(url).contains("#{")) {
            client.named(hostOf(url));
        }
        if (url != null && !url.startsWith("#{") && !Url.isAbsolute(url) && protocol.baseUrls.isEmpty()) {
            compilation.problem("relative URL \"" + url
                    + "\" without a base URL. Set http.baseUrl(..), or begin it with http:// or https://.");
        }
    }

    /** The URL up to its path. */
    private static String hostOf(String url) {
        int path = url.indexOf('/', url.indexOf("://") + 3);
        return path < 0 ? url : url.substring(0, path);
    }

    private @Nullable List<Header> headers(Compilation compilation, UserSession nobody) {
        try {
            return evaluated(nobody);
        } catch (UnsafeTextException e) {
            compilation.problem(e.getMessage() + ". Remove it.");
            return null;
        }
    }

    private List<Header> evaluated(UserSession session) {
        List<Header> headers = new ArrayList<>(fields.size() + 1);
        for (HeaderField field : fields) {
            headers.add(field.evaluate(session));
        }
        return headers;
    }

    private boolean isFixed() {
        Expression<byte[]> content = body;
        return definition.url().isConstant()
                && method.isConstant()
                && definition.facts().query.isConstant()
                && (content == null || content.isConstant());
    }

    private Prepared @Nullable [] prepare(Compilation compilation, UserSession nobody) {
        int count = Math.max(1, protocol.baseUrls.size());
        Prepared[] all = new Prepared[count];
        for (int i = 0; i < count; i++) {
            try {
                Url url = url(nobody, i);
                all[i] = new Prepared(url, request(url, nobody, null));
            } catch (BadUrlException e) {
                if (!protocol.baseUrls.isEmpty()
                        || Url.isAbsolute(String.valueOf(definition.url().source()))) {
                    compilation.problem(e.getMessage() + ".");
                }
                return null;
            } catch (UnsafeTextException e) {
                compilation.problem(e.getMessage() + ".");
                return null;
            } catch (RuntimeException e) {
                return null; // it is told when the request is due
            }
        }
        return all;
    }

    Url url(UserSession session, int baseUrl) {
        String text = definition.url().evaluate(session);
        if (!Url.isAbsolute(text)) {
            if (protocol.baseUrls.isEmpty()) {
                throw new BadUrlException("relative URL \"" + text + "\" without a base URL");
            }
            text = Url.join(protocol.baseUrls.get(baseUrl), text);
        }
        return Url.parse(text).withQuery(definition.facts().query.query(session));
    }

    WireRequest request(Url url, UserSession session, @Nullable String cookies) {
        List<Header> headers = fixedHeaders == null ? evaluated(session) : fixedHeaders;
        if (cookies != null) {
            headers = withCookies(headers, cookies);
        }
        Expression<byte[]> content = body;
        byte[] bytes = content == null ? null : content.evaluate(session);
        return new WireRequest(method(session), url.origin(), url.target(), headers, bytes);
    }

    /** How that target is reached; null: straight. */
    @Nullable
    Route route(Url url, UserSession session) {
        Routing mine = routing;
        return mine == null ? null : mine.route(url.origin(), session);
    }

    private String method(UserSession session) {
        String verb = method.evaluate(session);
        if (!HeaderField.isToken(verb)) {
            throw new UnsafeTextException("\"" + verb.replaceAll("\\p{Cntrl}", "?") + "\" cannot be a method");
        }
        return verb;
    }

    /** What the author wrote into the header {@code Cookie}; null if nothing. */
    @Nullable
    String ownCookies(UserSession session) {
        for (HeaderField field : fields) {
            if (field.is("Cookie")) {
                return field.value().evaluate(session);
            }
        }
        return null;
    }

    static List<Header> withCookies(List<Header> headers, String cookies) {
        List<Header> all = new ArrayList<>(headers.size() + 1);
        String value = cookies;
        for (Header header : headers) {
            if (header.getName().equalsIgnoreCase("Cookie")) {
                value = header.getValue() + "; " + value;
            } else {
                all.add(header);
            }
        }
        all.add(HeaderField.header("Cookie", value));
        return all;
    }

    @Override
    public @Nullable Action execute(VirtualUser user) {
        return client.user(user).exchange().begin(this);
    }

    @Override
    public Action next() {
        return next;
    }

    @Nullable
    Prepared prepared(int baseUrl) {
        Prepared[] all = prepared;
        return all == null ? null : all[baseUrl];
    }

    Names names() {
        return names;
    }

    Expression<String> name() {
        return name;
    }

    Checks checks() {
        return checks;
    }

    Timeouts timeouts() {
        return timeouts;
    }

    boolean followsRedirects() {
        return followsRedirects;
    }

    HttpDefinition.Draft protocol() {
        return protocol;
    }
}
