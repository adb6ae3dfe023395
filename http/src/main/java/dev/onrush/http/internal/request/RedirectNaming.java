package dev.onrush.http.internal.request;

/** Under what name the hop of a redirect is recorded. */
@FunctionalInterface
public interface RedirectNaming {
    RedirectNaming DEFAULT = (url, name, hop) -> name + " Redirect " + hop;

    /** @param hop from 1 */
    String name(Url url, String name, int hop);
}
