package dev.onrush.core;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must not leave a run in any text: the values an author registered, in the forms in which they travel, and always the
 * values of {@code Authorization}, {@code Proxy-Authorization}, {@code Cookie}, {@code Set-Cookie} and headers such as
 * {@code X-Api-Key}, bearer tokens, the user info of URLs and the values of query parameters such as {@code access_token}.
 * Immutable.
 */
public final class Secrets {
    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    /** Nothing but what is always secret. */
    public static final Secrets ALWAYS = of(List.of());

    /** A derived form shorter than this would hit by chance. */
    private static final int SHORTEST_FORM = 4;

    private static final String PLAIN_IN_PATH = "-._~!$&'()*+,;=:@/?%[]#";

    private static final char CUT = '…';

    /** Up to the end of the line: a text may go on after the value, but nobody can tell where. */
    private static final String HEADER_NAME =
            "(?:proxy-)?authorization|(?:set-)?cookie|x-[a-z0-9-]{0,30}(?:api-?key|token|secret|password)";

    private static final Pattern HEADER =
            Pattern.compile("(?i)(?<![a-z-])(" + HEADER_NAME + ")(\\\\?[\"']?\\s*[:=]\\s*)(?=\\S)[^\\r\\n]+");

    private static final Pattern TOKEN =
            Pattern.compile("(?i)\\b(bearer|basic)(\\s+)(?=[^\\s\"']*[0-9=])[a-z0-9._~+/=-]{8,}");
    /** Also where a text was cut inside it. */
    private static final Pattern USER_INFO = Pattern.compile("(://)[^\\s/?#@\"'<>]*(?:@|…)");

    private static final Pattern QUERY = Pattern.compile(
            "(?i)([?&;](?:[a-z0-9_.-]{0,30}(?:token|secret|password|passwd|api[_-]?key|signature)|pwd|sig|auth|jsessionid)=)"
                    + "[^&\\s\"'<>#]+");

    private static final Pattern SECRET_HEADER = Pattern.compile(HEADER_NAME, Pattern.CASE_INSENSITIVE);

    /** The longest first, so that a secret within another one leaves no rest of it. */
    private final String[] forms;

    private Secrets(String[] forms) {
        this.forms = forms;
    }

    /** Those values besides what is always secret; each also as it stands in a URL, in Base64 and in JSON. */
    public static Secrets of(Collection<String> values) {
        Set<String> forms = new LinkedHashSet<>();
        for (String value : values) {
            if (!value.isEmpty()) {
                forms.add(value);
                derived(value, forms);
            }
        }
        return new Secrets(forms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toArray(String[]::new));
    }

    private static void derived(String value, Set<String> forms) {
        String url = URLEncoder.encode(value, StandardCharsets.UTF_8);
        add(url, forms);
        add(lowerEscapes(url), forms);
        add(url.replace("+", "%20"), forms);
        add(lowerEscapes(url.replace("+", "%20")), forms);
        add(value.replace("\\", "\\\\").replace("\"", "\\\""), forms);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String path = asInPath(bytes);
        add(path, forms);
        add(lowerEscapes(path), forms);
        for (int before = 0; before < 3; before++) {
            base64(bytes, before, Base64.getEncoder(), forms);
            base64(bytes, before, Base64.getUrlEncoder(), forms);
        }
    }

    /** The characters that depend on the value alone, if so many bytes (modulo 3) stand before it in what was encoded. */
    private static void base64(byte[] value, int before, Base64.Encoder encoder, Set<String> forms) {
        byte[] padded = new byte[before + value.length];
        System.arraycopy(value, 0, padded, before, value.length);
        String coded = encoder.withoutPadding().encodeToString(padded);
        int from = (before * 8 + 5) / 6;
        int to = padded.length * 8 / 6;
        if (from < to) {
            add(coded.substring(from, to), forms);
        }
    }

    /** As it stands in a path that was written as text: only what may not stand there is encoded. */
    private static String asInPath(byte[] value) {
        StringBuilder path = new StringBuilder();
        for (byte each : value) {
            int c = each & 0xff;
            boolean isPlain =
                    c > ' ' && c < 127 && PLAIN_IN_PATH.indexOf(c) >= 0 || c < 128 && Character.isLetterOrDigit(c);
            if (isPlain) {
                path.append((char) c);
            } else {
                path.append(String.format("%%%02X", c));
            }
        }
        return path.toString();
    }

    private static void add(String form, Set<String> forms) {
        if (form.length() >= SHORTEST_FORM) {
            forms.add(form);
        }
    }

    private static String lowerEscapes(String url) {
        StringBuilder lower = new StringBuilder(url);
        for (int i = 0; i + 2 < lower.length(); i++) {
            if (lower.charAt(i) == '%') {
                lower.replace(i + 1, i + 3, lower.substring(i + 1, i + 3).toLowerCase(Locale.ROOT));
            }
        }
        return lower.toString();
    }

    /** Whether the value of that header is a secret whatever it is. */
    public static boolean isSecretHeader(String name) {
        return SECRET_HEADER.matcher(name).matches();
    }

    /**
     * The text without secrets: each is replaced by {@link #MASK}, also one of which a cut ({@code …}) left only a part. The same
     * text if there is none. Masking twice changes nothing more.
     */
    public String mask(String text) {
        String masked = text;
        for (String form : forms) {
            if (masked.contains(form)) {
                masked = masked.replace(form, MASK);
            }
        }
        if (forms.length > 0 && masked.indexOf(CUT) >= 0) {
            masked = withoutCutSecrets(masked);
        }
        if (masked.contains("://")) {
            masked = USER_INFO.matcher(masked).replaceAll("$1" + MASK + "@");
        }
        if (masked.indexOf('=') >= 0) {
            masked = QUERY.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        }
        if (contains(masked, "authorization") || contains(masked, "cookie") || contains(masked, "x-")) {
            masked = HEADER.matcher(masked).replaceAll("$1$2" + MASK);
        }
        if (contains(masked, "bearer") || contains(masked, "basic")) {
            masked = TOKEN.matcher(masked).replaceAll("$1$2" + MASK);
        }
        return masked;
    }

    /** Each text masked, in order. */
    public List<String> mask(List<String> texts) {
        return texts.stream().map(this::mask).toList();
    }

    /** Takes away the beginning of a secret that stands before a cut; one character of it tells nothing. */
    private String withoutCutSecrets(String text) {
        String left = text;
        for (int cut = left.indexOf(CUT); cut >= 0; cut = left.indexOf(CUT, cut + 1)) {
            int begun = begunBefore(left, cut);
            if (begun > 0) {
                left = left.substring(0, cut - begun) + MASK + left.substring(cut);
                cut += MASK.length() - begun;
            }
        }
        return left;
    }

    private int begunBefore(String text, int cut) {
        int longest = 0;
        for (String form : forms) {
            for (int length = Math.min(form.length() - 1, cut); length > Math.max(1, longest); length--) {
                if (text.startsWith(form.substring(0, length), cut - length)) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private static boolean contains(String text, String lower) {
        int last = text.length() - lower.length();
        for (int i = 0; i <= last; i++) {
            if (text.regionMatches(true, i, lower, 0, lower.length())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "Secrets (" + forms.length + " forms)";
    }
}
