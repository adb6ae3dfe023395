package dev.onrush.http.internal.request;

/** Under what name a resource that was found on a page is recorded. */
@FunctionalInterface
public interface ResourceNaming {
    /** The last element of its path, with the query. */
    ResourceNaming URL_TAIL = url -> url.target().substring(lastElementAt(url));

    ResourceNaming ABSOLUTE_URL = Url::toString;
    ResourceNaming RELATIVE_URL = Url::target;
    ResourceNaming PATH = Url::path;
    ResourceNaming LAST_PATH_ELEMENT = url -> url.path().substring(lastElementAt(url));

    String name(Url url);

    /** A slash at the end belongs to the element before it. */
    private static int lastElementAt(Url url) {
        String path = url.path();
        return path.lastIndexOf('/', path.length() - 2) + 1;
    }
}
