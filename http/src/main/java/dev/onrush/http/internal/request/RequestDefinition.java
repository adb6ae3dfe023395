package dev.onrush.http.internal.request;

import java.util.ArrayList;
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
import dev.onrush.core.setting.Settings;

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
        public @Nullable BasicAuth basicAuth;
        public List<Check> checks = List.of();
        public boolean followsRedirects = true;
        /** 0: as the protocol says. */
        public long timeoutNanos;

        /** Its content under the settings of the run. */
        public @Nullable Function<Settings, Expression<byte[]>> body;

        /** Wins over the protocol's. */
        public @Nullable ProxyDefinition proxy;

        public @Nullable String accept;
        public @Nullable String contentType;

        private Draft() {}

        private Draft(Draft other) {
            this.query = other.query;
            this.form = other.form;
            this.headers = other.headers;
            this.basicAuth = other.basicAuth;
            this.checks = other.checks;
            this.followsRedirects = other.followsRedirects;
            this.timeoutNanos = other.timeoutNanos;
            this.body = other.body;
            this.proxy = other.proxy;
            this.accept = other.accept;
            this.contentType = other.contentType;
        }

        /** Adds a header; one of the same name, letter case ignored, is replaced. */
        public void header(HeaderField field) {
            headers = Headers.with(headers, field);
        }

        public void checks(List<? extends Check> more) {
            List<Check> all = new ArrayList<>(checks);
            all.addAll(more);
            checks = List.copyOf(all);
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
