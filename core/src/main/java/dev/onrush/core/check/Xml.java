package dev.onrush.core.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads XML from a target that may mean harm: nothing but the body is read, and a DOCTYPE, in which entities could be declared, is
 * refused. By the JDK's own parser, whatever else is on the class path: what is set here is what it understands.
 */
final class Xml {
    /** Deep enough for any honest document; some that look at it recurse per level. */
    private static final String MOST_LEVELS = "500";

    private static final DocumentBuilderFactory FACTORY = factory();

    private Xml() {}

    private static DocumentBuilderFactory factory() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setAttribute("jdk.xml.maxElementDepth", MOST_LEVELS);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's XML parser knows these features", e);
        }
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        return factory;
    }

    /** @throws UnreadableBodyException if it is no XML, has a DOCTYPE or is nested too deeply */
    static Document parse(ResponseBody body) {
        if (body.bytes().length == 0) {
            throw new UnreadableBodyException("the body is empty, not XML");
        }
        // Bytes in UTF-8, which is also what nobody said, may name another encoding in their first line.
        InputSource source = body.charset().equals(StandardCharsets.UTF_8)
                ? new InputSource(new ByteArrayInputStream(body.bytes()))
                : new InputSource(new StringReader(body.string()));
        try {
            DocumentBuilder builder = builder();
            builder.setErrorHandler(Strict.INSTANCE);
            builder.setEntityResolver((publicId, systemId) -> {
                throw new SAXException("it refers to " + systemId + ", which is not read");
            });
            return builder.parse(source);
        } catch (SAXParseException e) {
            throw new UnreadableBodyException("the body is not readable as XML: line " + e.getLineNumber() + ", column "
                    + e.getColumnNumber() + ": " + e.getMessage());
        } catch (SAXException | IOException e) {
            throw new UnreadableBodyException("the body is not readable as XML: " + e.getMessage());
        }
    }

    /** The factory is for one thread at a time. */
    private static DocumentBuilder builder() {
        synchronized (FACTORY) {
            try {
                return FACTORY.newDocumentBuilder();
            } catch (ParserConfigurationException e) {
                throw new IllegalStateException("the JDK's XML parser knows these features", e);
            }
        }
    }

    /** Refuses whatever is wrong, and writes nothing to the console. */
    private enum Strict implements ErrorHandler {
        INSTANCE;

        @Override
        public void warning(SAXParseException e) {}

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
