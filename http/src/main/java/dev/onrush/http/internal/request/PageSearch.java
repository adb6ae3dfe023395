package dev.onrush.http.internal.request;

import java.util.List;

import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The resources of the page a request is answered with: which are looked for, and what came of it. For whoever runs the user. */
final class PageSearch {
    private final HttpUser owner;
    private final Hop hop;
    private List<Url> found = List.of();

    PageSearch(HttpUser owner, Hop hop) {
        this.owner = owner;
        this.hop = hop;
    }

    /** Which resources of that response are to be found; null: none. Also asked on the I/O thread, before the body has come. */
    @Nullable
    ResourceFilter filter(HttpRequestAction action, HttpResponse head) {
        ResourceFilter filter = action.protocol().resourceFilter;
        if (filter == null || action.followsRedirects() && Redirects.leadsOn(head)) {
            return null;
        }
        boolean mayBeOk = head.getCode() / 100 == 2 || action.checks().readsStatus();
        return mayBeOk && HtmlPage.isShown(hop.request(), head) ? filter : null;
    }

    /** Those were found; the user's cache remembers them with the page. */
    void found(List<Url> resources) {
        if (resources.isEmpty()) {
            return;
        }
        found = resources;
        HttpCache cache = owner.cache();
        if (cache != null) {
            cache.learn(hop.url(), resources, owner.client().sharedResources());
        }
    }

    /** The page is the one that the user's cache knows: so are its resources. */
    void isKnown(HttpRequestAction action) {
        HttpCache cache = owner.cache();
        if (cache == null || action.protocol().resourceFilter == null) {
            return;
        }
        found = cache.resources(hop.url());
        if (!found.isEmpty() && action.tellsPage()) {
            owner.page(hop.url());
        }
    }

    /** What is to be fetched now, once; null: nothing. */
    @Nullable
    FoundResources take(HttpRequestAction action) {
        List<Url> taken = found;
        HttpRequestAction forFound = action.forFound();
        if (taken.isEmpty() || forFound == null) {
            return null;
        }
        found = List.of();
        return new FoundResources(forFound, hop.firstUrl(), taken);
    }
}
