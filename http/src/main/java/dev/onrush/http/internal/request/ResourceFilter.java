package dev.onrush.http.internal.request;

import org.jspecify.annotations.Nullable;

import dev.onrush.dsl.Bridge;
import dev.onrush.dsl.Filter;

/**
 * Which resources of a page are fetched with it.
 *
 * @param allowed null or without patterns: those on the page's own host
 * @param denied null: none
 */
public record ResourceFilter(Filter.@Nullable AllowList allowed, Filter.@Nullable DenyList denied) {
    boolean admits(Url page, Url resource) {
        boolean isAllowed = allowed == null || Bridge.isEmpty(allowed)
                ? resource.origin().host().equals(page.origin().host())
                : Bridge.matches(allowed, resource.toString());
        return isAllowed && (denied == null || !Bridge.matches(denied, resource.toString()));
    }
}
