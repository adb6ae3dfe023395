package dev.onrush.http.internal.request;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.check.Check;
import dev.onrush.core.engine.Action;
import dev.onrush.core.scenario.Compilation;
import dev.onrush.core.scenario.Step;
import dev.onrush.core.session.Expression;
import dev.onrush.dsl.Body;

/** A request as the author wrote it. An immutable value: {@link #with} gives a changed copy. */
public final class RequestDefinition implements Step {
    private final Expression<String> name;
    private final Expression<String> method;
    private final Expression<String> url;
    private final CallSite site;
    private final Draft facts;

    private RequestDefinition(
            Expression<String> name, Expression<String> method, Expression<String> url, CallSite site, Draft facts) {
        this.name = name;
        this.method = method;
        this.url = url;
        this.site = site;
        this.facts = facts;
    }

    public static RequestDefinition of(
            Expression<String> name, Expression<String> method, Expression<String> url, CallSite site) {
        return new RequestDefinition(name, method, url, site, new Draft());
    }

    /** The facts while they are being changed. */
    public static final class Draft {
        public Parameters query = Parameters.NONE;
        public Parameters form = Parameters.NONE;
        public List<HeaderField> headers = List.of();
        public @Nullable Auth auth;
        public List<Check> checks = List.of();
        public boolean followsRedirects = true;
        /** 0: as the protocol says. */
        public long timeoutNanos;

        public @Nullable Body body;
        public List<Function<Body, ? extends Body>> processors = List.of();
        public List<PartDefinition> parts = List.of();
        /** Form parameters are sent as parts. */
        public boolean isMultipart;

        /** What is fetched, side by side, once it was answered. */
        public List<RequestDefinition> resources = List.of();

        /** Wins over the protocol's. */
        public @Nullable ProxyDefinition proxy;

        public @Nullable String accept;
        public @Nullable String contentType;
        public boolean ignoresProtocolHeaders;
        public boolean ignoresProtocolChecks;
        public boolean ignoresProtocolSigners;
        public List<Signer> signers = List.of();
        /** Null: as the protocol says. */
        public @Nullable ResponseTransformer transformer;
        /** Whether URL and query are sent as written. */
        public boolean isRaw;
        /** Null: as the protocol says. */
        public @Nullable Boolean isSilent;

        private Draft() {}

        private Draft(Draft other) {
            this.query = other.query;
            this.form = other.form;
            this.headers = other.headers;
            this.auth = other.auth;
            this.checks = other.checks;
            this.followsRedirects = other.followsRedirects;
            this.timeoutNanos = other.timeoutNanos;
            this.body = other.body;
            this.processors = other.processors;
            this.parts = other.parts;
            this.isMultipart = other.isMultipart;
            this.resources = other.resources;
            this.proxy = other.proxy;
            this.accept = other.accept;
            this.contentType = other.contentType;
            this.ignoresProtocolHeaders = other.ignoresProtocolHeaders;
            this.ignoresProtocolChecks = other.ignoresProtocolChecks;
            this.ignoresProtocolSigners = other.ignoresProtocolSigners;
            this.signers = other.signers;
            this.transformer = other.transformer;
            this.isRaw = other.isRaw;
            this.isSilent = other.isSilent;
        }

        /** Adds a header; one of the same name, letter case ignored, is replaced. */
        public void header(HeaderField field) {
            headers = Headers.with(headers, field);
        }

        public void checks(List<? extends Check> more) {
            checks = Lists.with(checks, more);
        }

        public void parts(List<PartDefinition> more) {
            parts = Lists.with(parts, more);
        }

        public void resources(List<RequestDefinition> more) {
            resources = Lists.with(resources, more);
        }

        public void processor(Function<Body, ? extends Body> more) {
            processors = Lists.with(processors, List.of(more));
        }

        public void signer(Signer more) {
            signers = Lists.with(signers, List.of(more));
        }
    }

    public RequestDefinition with(Consumer<Draft> change) {
        Draft changed = new Draft(facts);
        change.accept(changed);
        return new RequestDefinition(name, method, url, site, changed);
    }

    Expression<String> name() {
        return name;
    }

    Expression<String> method() {
        return method;
    }

    Expression<String> url() {
        return url;
    }

    Draft facts() {
        return facts;
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        HttpDefinition protocol = compilation.protocol(HttpDefinition.KIND, HttpDefinition.DEFAULT);
        HttpClient client = (HttpClient) compilation.client(protocol);
        return new HttpRequestAction(compilation, this, protocol, client, next);
    }

    @Override
    public String word() {
        return "http";
    }

    @Override
    public CallSite site() {
        return site;
    }
}
