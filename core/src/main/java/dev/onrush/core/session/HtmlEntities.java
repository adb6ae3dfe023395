package dev.onrush.core.session;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Character references of HTML back to characters: numeric ones, and the names of HTML 4 in daily use. Unknown ones stay. */
final class HtmlEntities {
    private static final int LONGEST_NAME = 10;

    /** Names of U+00A0 to U+00FF in order. */
    private static final String LATIN =
            "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr "
                    + "deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest "
                    + "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml "
                    + "ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig "
                    + "agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml "
                    + "eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

    private static final Map<String, Integer> NAMED = named();

    private HtmlEntities() {}

    private static Map<String, Integer> named() {
        Map<String, Integer> names = new HashMap<>();
        String[] latin = LATIN.split(" ");
        for (int i = 0; i < latin.length; i++) {
            names.put(latin[i], 0xA0 + i);
        }
        names.putAll(Map.of("amp", 0x26, "lt", 0x3C, "gt", 0x3E, "quot", 0x22, "apos", 0x27));
        names.putAll(Map.of("OElig", 0x152, "oelig", 0x153, "Scaron", 0x160, "scaron", 0x161, "Yuml", 0x178));
        names.putAll(Map.of("ndash", 0x2013, "mdash", 0x2014, "lsquo", 0x2018, "rsquo", 0x2019, "sbquo", 0x201A));
        names.putAll(Map.of("ldquo", 0x201C, "rdquo", 0x201D, "bdquo", 0x201E, "bull", 0x2022, "hellip", 0x2026));
        names.putAll(Map.of("euro", 0x20AC, "trade", 0x2122, "larr", 0x2190, "rarr", 0x2192, "minus", 0x2212));
        names.putAll(Map.of("lsaquo", 0x2039, "rsaquo", 0x203A, "dagger", 0x2020, "permil", 0x2030, "ensp", 0x2002));
        names.putAll(Map.of("emsp", 0x2003, "thinsp", 0x2009, "zwnj", 0x200C, "zwj", 0x200D, "infin", 0x221E));
        names.putAll(Map.of("ne", 0x2260, "le", 0x2264, "ge", 0x2265, "asymp", 0x2248, "sum", 0x2211));
        return Map.copyOf(names);
    }

    static String unescape(String text) {
        int from = text.indexOf('&');
        if (from < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int copied = 0;
        while (from >= 0) {
            int end = text.indexOf(';', from);
            Integer character =
                    end > from + 1 && end - from <= LONGEST_NAME ? character(text.substring(from + 1, end)) : null;
            if (character != null) {
                plain.append(text, copied, from).appendCodePoint(character);
                copied = end + 1;
            }
            from = text.indexOf('&', from + 1);
        }
        return plain.append(text, copied, text.length()).toString();
    }

    private static @Nullable Integer character(String name) {
        if (name.charAt(0) != '#') {
            return NAMED.get(name);
        }
        boolean hex = name.length() > 1 && (name.charAt(1) == 'x' || name.charAt(1) == 'X');
        try {
            int code = hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
            return Character.isValidCodePoint(code) && code > 0 ? code : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
