package dev.onrush.core.check;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a browser fetches by itself to show a page, found by one walk through it: what scripts and style sheets would fetch is not seen. Of
 * the several sizes of a picture it is the one for a plain screen.
 */
public final class HtmlResources {
    private static final Set<String> WITH_BACKGROUND = Set.of("body", "table", "tr", "td", "th");

    private HtmlResources() {}

    /** What the references of a page are relative to, as it is written there; null: to the page itself. */
    public static @Nullable String base(ResponseBody page) {
        Element base = page.html().selectFirst("base[href]");
        return base == null ? null : base.attr("href");
    }

    /**
     * Tells each reference as it is written, in the order of the page; one that is there twice is told twice.
     *
     * @throws CheckTimeoutException a page that is made to be read slowly
     */
    public static void tell(ResponseBody page, Consumer<String> each) {
        page.html().filter(new Finding(each));
    }

    private static final class Finding implements NodeFilter {
        private final Consumer<String> each;

        Finding(Consumer<String> each) {
            this.each = each;
        }

        @Override
        public FilterResult head(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return FilterResult.CONTINUE;
            }
            String name = element.normalName();
            // Who runs scripts does not see the one, and the other only through them.
            if (name.equals("noscript") || name.equals("template")) {
                return FilterResult.SKIP_CHILDREN;
            }
            if (element.hasAttr("style")) {
                style(element.attr("style"));
            }
            if (WITH_BACKGROUND.contains(name)) {
                tell(element, "background");
            }
            return tellOf(element, name) ? FilterResult.SKIP_CHILDREN : FilterResult.CONTINUE;
        }

        /** Returns whether that is all of it. */
        private boolean tellOf(Element element, String name) {
            switch (name) {
                case "img" -> tell(Candidates.chosen(element.attr("srcset"), element.attr("src")));
                case "picture" -> {
                    return picture(element);
                }
                case "script" -> {
                    if (!element.hasAttr("nomodule")) {
                        tell(element, "src");
                    }
                }
                case "link" -> link(element);
                case "iframe" -> {
                    if (!element.hasAttr("srcdoc")) {
                        tell(element, "src");
                    }
                }
                case "frame", "embed" -> tell(element, "src");
                case "object" -> tell(element, "data");
                case "input" -> {
                    if (element.attr("type").equalsIgnoreCase("image")) {
                        tell(element, "src");
                    }
                }
                case "audio", "video" -> media(element);
                case "track" -> {
                    if (element.hasAttr("default")) {
                        tell(element, "src");
                    }
                }
                case "image" -> tell(element, element.hasAttr("href") ? "href" : "xlink:href"); // of SVG
                default -> {}
            }
            return false;
        }

        /** The first source that fits any screen, in place of the image. */
        private boolean picture(Element picture) {
            for (Element source : picture.children()) {
                if (source.normalName().equals("source") && !source.hasAttr("media")) {
                    String chosen = Candidates.chosen(source.attr("srcset"), "");
                    if (!chosen.isEmpty()) {
                        tell(chosen);
                        return true;
                    }
                }
            }
            return false;
        }

        private void link(Element link) {
            List<String> is = List.of(link.attr("rel").toLowerCase(Locale.ROOT).split("\\s+", -1));
            boolean isStyle = is.contains("stylesheet") && !is.contains("alternate") && !link.hasAttr("disabled");
            if (isStyle || is.contains("icon") || is.contains("preload") || is.contains("modulepreload")) {
                tell(link, "href");
            }
        }

        private void media(Element media) {
            tell(media, "poster");
            if (media.attr("preload").equalsIgnoreCase("none") && !media.hasAttr("autoplay")) {
                return;
            }
            if (media.hasAttr("src")) {
                tell(media, "src");
                return;
            }
            for (Element source : media.children()) {
                if (source.normalName().equals("source") && source.hasAttr("src")) {
                    tell(source, "src");
                    return;
                }
            }
        }

        /** The pictures that an attribute {@code style} names. */
        private void style(String css) {
            String lower = css.toLowerCase(Locale.ROOT);
            int at = lower.indexOf("url(");
            while (at >= 0) {
                int end = css.indexOf(')', at);
                if (end < 0) {
                    return;
                }
                String url = css.substring(at + "url(".length(), end).trim();
                boolean isQuoted = url.length() > 1
                        && (url.charAt(0) == '"' || url.charAt(0) == '\'')
                        && url.charAt(url.length() - 1) == url.charAt(0);
                tell(isQuoted ? url.substring(1, url.length() - 1) : url);
                at = lower.indexOf("url(", end);
            }
        }

        private void tell(Element element, String attribute) {
            tell(element.attr(attribute));
        }

        private void tell(String reference) {
            if (!reference.isBlank()) {
                each.accept(reference);
            }
        }
    }
}
