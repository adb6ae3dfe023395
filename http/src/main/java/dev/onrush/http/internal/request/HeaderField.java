package dev.onrush.http.internal.request;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** A header to send. */
public record HeaderField(String name, Expression<String> value) {
    Header evaluate(UserSession session) {
        return header(name, value.evaluate(session));
    }

    static Header header(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 127) {
                throw new UnsafeTextException("header " + name + " has a control character (line break?) in its value");
            }
        }
        return new BasicHeader(name, value);
    }

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** Whether a text can name a header or a method. */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9')
                    && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
