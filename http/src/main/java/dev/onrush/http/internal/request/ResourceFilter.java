package dev.onrush.http.internal.request;

import org.jspecify.annotations.Nullable;

import dev.onrush.dsl.Filter;

/**
 * Which resources of a page are fetched with it.
 *
 * @param allowed null: those on the page's own host
 * @param denied null: none
 */
public record ResourceFilter(Filter.@Nullable AllowList allowed, Filter.@Nullable DenyList denied) {
    boolean admits(Url page, Url resource) {
        boolean isAllowed = allowed == null
                ? resource.origin().host().equals(page.origin().host())
                : allowed.matches(resource.toString());
        return isAllowed && (denied == null || !denied.matches(resource.toString()));
    }
}
