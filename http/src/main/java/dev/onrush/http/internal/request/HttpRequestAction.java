package dev.onrush.http.internal.request;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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
    private final boolean isRaw;
    private final boolean tellsReferer;
    private final boolean tellsOrigin;
    private final @Nullable DigestAuth digest;
    private final List<Signer> signers;
    private final @Nullable ResponseTransformer transformer;
    private final List<HttpRequestAction> resources;
    /** For what is found on a page that answers it; null: nothing is looked for. */
    private final @Nullable HttpRequestAction forFound;
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
        List<HeaderField> given =
                facts.ignoresProtocolHeaders ? facts.headers : Headers.merged(this.protocol.headers, facts.headers);
        RequestContent content = RequestContent.of(compilation, facts, given);
        this.body = content.bytes();
        Auth auth = facts.auth != null ? facts.auth : this.protocol.auth;
        this.fields = fields(facts, given, content, auth);
        this.digest =
                auth instanceof DigestAuth asked && !Headers.contains(facts.headers, "Authorization") ? asked : null;
        this.signers = facts.ignoresProtocolSigners ? facts.signers : Lists.with(this.protocol.signers, facts.signers);
        this.transformer = facts.transformer != null ? facts.transformer : this.protocol.transformer;
        this.isRaw = facts.isRaw || this.protocol.isRaw;
        this.tellsReferer = this.protocol.tellsReferer && !Headers.contains(fields, "Referer");
        this.tellsOrigin = this.protocol.tellsOrigin && !Headers.contains(fields, "Origin");
        this.followsRedirects = facts.followsRedirects && this.protocol.followsRedirects;
        this.routing = Routing.of(this.protocol, facts.proxy);
        this.timeouts = facts.timeoutNanos == 0
                ? protocol.timeouts()
                : protocol.timeouts().withTotal(facts.timeoutNanos);
        List<Check> all = facts.ignoresProtocolChecks ? facts.checks : Lists.with(this.protocol.checks, facts.checks);
        this.checks = Checks.of(all, compilation.settings());
        this.resources = sideBySide(compilation, facts.resources, protocol, client, next);
        this.forFound =
                this.protocol.resourceFilter == null ? null : forFound(compilation, definition, protocol, client, next);
        report(compilation);
        UserSession nobody = UserSession.NOBODY;
        boolean areHeadersFixed =
                fields.stream().allMatch(field -> field.value().isConstant());
        this.fixedHeaders = areHeadersFixed ? headers(compilation, nobody) : null;
        this.prepared = fixedHeaders != null && isFixed() ? prepare(compilation, nobody) : null;
    }

    private static List<HeaderField> fields(
            RequestDefinition.Draft facts, List<HeaderField> given, RequestContent content, @Nullable Auth auth) {
        List<HeaderField> all = given.stream().map(content::completed).toList();
        if (auth instanceof BasicAuth basic && !Headers.contains(facts.headers, "Authorization")) {
            all = Headers.with(all, basic.header());
        }
        if (!Headers.contains(all, "Accept")) {
            String accept = facts.accept == null ? "*/*" : facts.accept;
            all = Headers.with(all, new HeaderField("Accept", Expression.constant(accept)));
        }
        for (HeaderField field : content.headers()) {
            if (!Headers.contains(all, field.name())) {
                all = Headers.with(all, field);
            }
        }
        return all;
    }

    /** Those that go at once. */
    static List<HttpRequestAction> sideBySide(
            Compilation compilation,
            List<RequestDefinition> requests,
            HttpDefinition protocol,
            HttpClient client,
            Action next) {
        HttpDefinition alone = protocol.with(facts -> facts.resourceFilter = null);
        List<HttpRequestAction> all = new ArrayList<>(requests.size());
        for (RequestDefinition each : requests) {
            if (!each.facts().resources.isEmpty()) {
                compilation.problem("resources inside resources are not possible. Name them all at the main request.");
            }
            all.add(new HttpRequestAction(compilation, each, alone, client, next));
        }
        return List.copyOf(all);
    }

    /**
     * A GET of whatever is found on the page of that request, as the protocol has it, but for what belongs to pages. The way there and who
     * asks are those of the page.
     */
    private static HttpRequestAction forFound(
            Compilation compilation, RequestDefinition page, HttpDefinition protocol, HttpClient client, Action next) {
        HttpDefinition alone = protocol.with(facts -> {
            facts.resourceFilter = null;
            facts.checks = List.of();
            facts.transformer = null;
        });
        Expression<String> ofItsOwn = session -> {
            throw new IllegalStateException("name and URL are those of what was found");
        };
        RequestDefinition found = RequestDefinition.of(ofItsOwn, Expression.constant("GET"), ofItsOwn, page.site())
                .with(facts -> {
                    facts.proxy = page.facts().proxy;
                    facts.auth = page.facts().auth;
                    facts.isSilent = Boolean.TRUE.equals(page.facts().isSilent) ? true : null;
                });
        return new HttpRequestAction(compilation, found, alone, client, next);
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
        if (digest != null) {
            digest.expressions().forEach(compilation::reads);
        }
        signers.forEach(signer -> signer.expressions().forEach(compilation::reads));
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
        return signers.isEmpty()
                && digest == null
                && definition.url().isConstant()
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
                all[i] = new Prepared(url, request(url, nobody, null, null));
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
        return Url.parse(text, isRaw).withQuery(definition.facts().query.query(session, isRaw));
    }

    boolean isGet(UserSession session) {
        return method.evaluate(session).equals("GET");
    }

    /**
     * Before it is signed.
     *
     * @param cookies of the user for that URL, null: none
     * @param page the user is on, null: none
     */
    WireRequest request(Url url, UserSession session, @Nullable String cookies, @Nullable Url page) {
        List<Header> headers = fixedHeaders == null ? evaluated(session) : fixedHeaders;
        if (cookies != null) {
            headers = withCookies(headers, cookies);
        }
        String verb = method(session);
        if (tellsReferer
                && page != null
                && !(page.origin().secure() && !url.origin().secure())) {
            headers = with(headers, "Referer", page.toString());
        }
        if (tellsOrigin && !verb.equals("GET") && !verb.equals("HEAD")) {
            headers =
                    with(headers, "Origin", (page == null ? url : page).origin().toString());
        }
        Expression<byte[]> content = body;
        byte[] bytes = content == null ? null : content.evaluate(session);
        return new WireRequest(verb, url.origin(), url.target(), headers, bytes);
    }

    private static List<Header> with(List<Header> headers, String name, String value) {
        List<Header> more = new ArrayList<>(headers.size() + 2);
        more.addAll(headers);
        more.add(HeaderField.header(name, value));
        return more;
    }

    /** The same request as it goes out: with the answer to what its server asked, and signed. */
    WireRequest signed(
            String recordedAs, Url url, WireRequest plain, UserSession session, @Nullable DigestChallenge challenge) {
        DigestAuth auth = digest;
        if (signers.isEmpty() && (auth == null || challenge == null)) {
            return plain;
        }
        OutgoingRequest request = OutgoingRequest.of(recordedAs, url, plain);
        if (auth != null && challenge != null) {
            request = request.withHeader(
                    "Authorization",
                    challenge.answer(
                            auth.user().evaluate(session),
                            auth.password().evaluate(session),
                            plain.method(),
                            url.target(),
                            plain.body()));
        }
        for (Signer signer : signers) {
            request = signer.sign(request, session);
        }
        return request.wire();
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
            throw new UnsafeTextException(
                    "\"" + verb.replaceAll("\\p{Cntrl}", "?") + "\" cannot be a method. Write one word, such as GET.");
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

    /** Whether it answers challenges. */
    boolean hasDigest() {
        return digest != null;
    }

    /** Whether it says by itself from which page the user comes. */
    boolean tellsPage() {
        return tellsReferer || tellsOrigin;
    }

    boolean tellsOrigin() {
        return tellsOrigin;
    }

    @Nullable
    ResponseTransformer transformer() {
        return transformer;
    }

    boolean readsBody() {
        return transformer != null || checks.readsBody();
    }

    List<HttpRequestAction> resources() {
        return resources;
    }

    /** For what is found on a page that answers it; null: nothing is looked for. */
    @Nullable
    HttpRequestAction forFound() {
        return forFound;
    }

    /** Whether it is in no statistic and fails nobody; {@code url} null: it has none. */
    boolean isSilent(@Nullable Url url, boolean isResource) {
        Boolean said = definition.facts().isSilent;
        if (said != null) {
            return said;
        }
        Pattern silent = protocol.silentUri;
        return silent != null && url != null && silent.matcher(url.toString()).matches()
                || isResource && protocol.silencesResources;
    }

    HttpDefinition.Draft protocol() {
        return protocol;
    }
}
