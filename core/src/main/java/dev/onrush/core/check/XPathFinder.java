package dev.onrush.core.check;

import java.util.List;
import java.util.Map;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** What an XPath 1.0 finds in an XML body, as text. */
public final class XPathFinder extends BodySearch<String, XmlQuery> {
    private XPathFinder(CompiledText<XmlQuery> path) {
        super("xpath", path);
    }

    /** @param prefixToUri the namespaces that the path's prefixes stand for */
    public static XPathFinder of(Expression<String> path, Map<String, String> prefixToUri) {
        Map<String, String> known = Map.copyOf(prefixToUri);
        return new XPathFinder(new CompiledText<>("xpath", path, text -> XmlQuery.of(text, known)));
    }

    @Override
    public List<String> findAll(CheckedResponse response, UserSession session) {
        return text.in(session).all(response.body().xml());
    }
}
