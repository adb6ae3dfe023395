package dev.onrush.http.internal.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.scenario.Compilation;
import dev.onrush.core.scenario.Step;
import dev.onrush.core.session.Expression;

/** A step that looks at or changes what is kept for a user, its cookies and its cache, and sends nothing. */
public record CookieStep(String word, Act act, CallSite site) implements Step {
    /** What it does. */
    public sealed interface Act {
        default List<Expression<?>> expressions() {
            return List.of();
        }

        default Set<String> saves() {
            return Set.of();
        }

        /** Texts in which an expression would have no effect. */
        default List<String> fixed() {
            return List.of();
        }

        void perform(HttpUser user, @Nullable Url base);
    }

    /** Sets one. {@code domain} null: the base URL's host. */
    public record Add(
            Expression<String> name,
            Expression<String> value,
            @Nullable String domain,
            @Nullable String path,
            @Nullable Long maxAgeSeconds,
            boolean isSecure)
            implements Act {
        @Override
        public List<Expression<?>> expressions() {
            return List.of(name, value);
        }

        @Override
        public List<String> fixed() {
            return Stream.of(domain, path).filter(Objects::nonNull).toList();
        }

        @Override
        public void perform(HttpUser user, @Nullable Url base) {
            String host = domain;
            if (host == null) {
                if (base == null) {
                    throw new IllegalStateException("a cookie without a domain needs a base URL. Set one of them.");
                }
                host = base.origin().host();
            }
            user.cookiesToFill()
                    .add(
                            name.evaluate(user.user().session()),
                            value.evaluate(user.user().session()),
                            host,
                            path == null ? "/" : path,
                            maxAgeSeconds,
                            isSecure);
        }
    }

    /** Saves the value of one under {@code saveAs}, else under its name. */
    public record Get(
            Expression<String> name,
            @Nullable Expression<String> domain,
            @Nullable Expression<String> path,
            @Nullable Boolean isSecure,
            @Nullable String saveAs)
            implements Act {
        @Override
        public List<Expression<?>> expressions() {
            List<Expression<?>> all = new ArrayList<>(List.of(name));
            if (domain != null) {
                all.add(domain);
            }
            if (path != null) {
                all.add(path);
            }
            return all;
        }

        @Override
        public Set<String> saves() {
            String source = name.isConstant() ? name.source() : null;
            return saveAs != null ? Set.of(saveAs) : source != null ? Set.of(source) : Set.of();
        }

        @Override
        public List<String> fixed() {
            return saveAs == null ? List.of() : List.of(saveAs);
        }

        @Override
        public void perform(HttpUser user, @Nullable Url base) {
            VirtualUser whose = user.user();
            String key = name.evaluate(whose.session());
            CookieJar jar = user.cookies();
            List<String> values = jar == null
                    ? List.of()
                    : jar.values(
                            key,
                            domain == null ? null : domain.evaluate(whose.session()),
                            path == null ? null : path.evaluate(whose.session()),
                            isSecure);
            if (values.size() != 1) {
                throw new IllegalStateException((values.isEmpty() ? "no cookie" : values.size() + " cookies")
                        + " of the name \"" + key + "\". Give domain and path if several may match.");
            }
            whose.session(whose.session().set(saveAs == null ? key : saveAs, values.get(0)));
        }
    }

    /** Drops what the user's cache remembers. */
    public record FlushCache() implements Act {
        @Override
        public void perform(HttpUser user, @Nullable Url base) {
            user.flushCache();
        }
    }

    /** Drops those of the session, or all. */
    public record Flush(boolean isAll) implements Act {
        @Override
        public void perform(HttpUser user, @Nullable Url base) {
            CookieJar jar = user.cookies();
            if (jar == null) {
                return;
            }
            if (isAll) {
                jar.flush();
            } else {
                jar.flushSession();
            }
        }
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        HttpDefinition protocol = compilation.protocol(HttpDefinition.KIND, HttpDefinition.DEFAULT);
        HttpClient client = (HttpClient) compilation.client(protocol);
        act.expressions().forEach(compilation::reads);
        act.fixed().forEach(compilation::fixedName);
        compilation.sets(act.saves());
        List<String> bases = protocol.facts().baseUrls;
        String place = compilation.place();
        if (act instanceof Add add && add.domain() == null && bases.isEmpty()) {
            compilation.problem("a cookie without a domain needs a base URL. Set .withDomain(..) or http.baseUrl(..).");
        }
        return new Action(place) {
            @Override
            public Action execute(VirtualUser user) {
                HttpUser mine = client.user(user);
                act.perform(mine, bases.isEmpty() ? null : Url.parse(bases.get(mine.baseUrl())));
                return next;
            }

            @Override
            public Action next() {
                return next;
            }
        };
    }
}
