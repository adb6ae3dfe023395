package dev.onrush.core.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathEvaluationResult;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathFactoryConfigurationException;
import javax.xml.xpath.XPathNodes;

import org.w3c.dom.Document;
import org.w3c.dom.Node;

/** A compiled XPath 1.0. Safe for use by many threads: each works with a compiled expression of its own, which is used again. */
final class XmlQuery {
    private static final XPathFactory FACTORY = factory();

    private final String path;
    private final Prefixes prefixes;
    private final Queue<XPathExpression> idle = new ConcurrentLinkedQueue<>();

    private XmlQuery(String path, Prefixes prefixes) {
        this.path = path;
        this.prefixes = prefixes;
    }

    private static XPathFactory factory() {
        XPathFactory factory = XPathFactory.newDefaultInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        } catch (XPathFactoryConfigurationException e) {
            throw new IllegalStateException("every XPath engine knows this feature", e);
        }
        return factory;
    }

    /**
     * @param prefixToUri the namespaces the path's prefixes stand for
     * @throws IllegalArgumentException bad syntax, or a prefix that stands for nothing
     */
    static XmlQuery of(String path, Map<String, String> prefixToUri) {
        XmlQuery query = new XmlQuery(path, new Prefixes(prefixToUri));
        query.idle.add(query.compiled());
        return query;
    }

    private XPathExpression compiled() {
        try {
            XPath engine;
            synchronized (FACTORY) { // which is for one thread at a time
                engine = FACTORY.newXPath();
            }
            engine.setNamespaceContext(prefixes);
            return engine.compile(path);
        } catch (XPathExpressionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(String.valueOf(cause.getMessage()), e);
        }
    }

    /** The text of each node found; the one value if the path gives a text, a number or a truth value. */
    List<String> all(Document document) {
        XPathExpression mine = idle.poll();
        if (mine == null) {
            mine = compiled();
        }
        try {
            return texts(mine.evaluateExpression(document));
        } catch (XPathExpressionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UnreadableBodyException(String.valueOf(cause.getMessage()));
        } finally {
            idle.add(mine);
        }
    }

    private static List<String> texts(XPathEvaluationResult<?> result) {
        if (result.value() instanceof XPathNodes nodes) {
            List<String> all = new ArrayList<>(nodes.size());
            TextLimit limit = new TextLimit();
            for (Node node : nodes) {
                String text = String.valueOf(node.getTextContent());
                all.add(text);
                limit.add(text);
            }
            return all;
        }
        return List.of(result.value() instanceof Number number ? text(number.doubleValue()) : "" + result.value());
    }

    /** As XPath writes numbers: whole ones without a fraction. */
    private static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? "" + (long) number : "" + number;
    }

    /** What prefixes stand for. */
    private record Prefixes(Map<String, String> prefixToUri) implements NamespaceContext {
        @Override
        public String getNamespaceURI(String prefix) {
            if (prefix.equals(XMLConstants.XML_NS_PREFIX)) {
                return XMLConstants.XML_NS_URI;
            }
            return prefixToUri.getOrDefault(prefix, XMLConstants.NULL_NS_URI);
        }

        @Override
        public String getPrefix(String uri) {
            for (Map.Entry<String, String> each : prefixToUri.entrySet()) {
                if (each.getValue().equals(uri)) {
                    return each.getKey();
                }
            }
            return XMLConstants.DEFAULT_NS_PREFIX;
        }

        @Override
        public Iterator<String> getPrefixes(String uri) {
            String prefix = getPrefix(uri);
            return prefix.isEmpty()
                    ? Collections.emptyIterator()
                    : Collections.singleton(prefix).iterator();
        }
    }
}
