package dev.onrush.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import tools.jackson.core.type.TypeReference;

import dev.onrush.core.measure.RunStatistics;

/**
 * The page: one file that asks nothing of anybody. Everything from outside goes through the template's escaping or into the
 * JSON block; the only markup put in as it is are this package's own scripts, styles and that block. A content-security
 * policy in the page allows just these, by their hashes.
 */
final class HtmlPage {
    /** What every page has: styles, scripts, and the policy that allows just these. */
    private static final class Own {
        static final List<String> STYLES = List.of(resource("uplot/uPlot.min.css"), resource("page/page.css"));
        static final String LIBRARY =
                "/*\n" + resource("uplot/LICENSE").replace("*/", "* /") + "*/\n" + resource("uplot/uPlot.iife.min.js");
        static final String SCRIPT = PageScripts.bundle("page.js");
        static final String POLICY = "default-src 'none'; script-src " + hashes(List.of(LIBRARY, SCRIPT))
                + "; style-src " + hashes(STYLES) + "; img-src data:; base-uri 'none'; form-action 'none'";
    }

    /**
     * What the scripts need to know besides the figures.
     *
     * @param notes what stands beneath the name of each line of the table
     */
    private record RunData(double duration, double measured, List<String> notes) {}

    private HtmlPage() {}

    static String of(RunStatistics statistics, RunOutcome outcome) {
        List<TableTree.Line> lines = TableTree.of(statistics);
        PageModel page = PageComposer.compose(statistics, outcome, lines);
        RunData run = new RunData(
                statistics.run().durationSeconds(),
                statistics.run().measuredSeconds(),
                page.rows().stream().map(PageModel.Row::note).toList());
        return render(page, run, PageFigures.of(statistics, lines));
    }

    private static String render(PageModel page, RunData run, PageData data) {
        Map<String, Object> model = new LinkedHashMap<>();
        // Plain maps and texts: the template cannot reach an object of ours.
        model.put(
                "page", withoutZero(ScriptJson.MAPPER.convertValue(page, new TypeReference<Map<String, Object>>() {})));
        model.put("data", markup(ScriptJson.of(data)));
        model.put("run", markup(ScriptJson.of(run)));
        model.put("styles", Own.STYLES.stream().map(HtmlPage::markup).toList());
        model.put("library", markup(Own.LIBRARY));
        model.put("script", markup(Own.SCRIPT));
        model.put("policy", Own.POLICY);
        try {
            StringWriter html = new StringWriter();
            template().process(model, html);
            return html.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A copy in which the character 0 is U+FFFD: HTML has no place for it and would drop it in silence. */
    private static Object withoutZero(Object value) {
        if (value instanceof String text) {
            return text.replace('\0', '\uFFFD');
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(withoutZero(item)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> {
                if (item != null) {
                    copy.put(String.valueOf(key), withoutZero(item));
                }
            });
            return copy;
        }
        return value;
    }

    private static Template template() throws IOException {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_35);
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setRecognizeStandardFileExtensions(true);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        configuration.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_35));
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setLocale(Locale.ROOT);
        configuration.setNumberFormat("computer");
        return new Template("page.ftlh", new StringReader(resource("page.ftlh")), configuration);
    }

    /** Only for what this package made itself. */
    private static TemplateHTMLOutputModel markup(String trusted) {
        try {
            return HTMLOutputFormat.INSTANCE.fromMarkup(trusted);
        } catch (freemarker.template.TemplateModelException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hashes(List<String> texts) {
        return String.join(" ", texts.stream().map(HtmlPage::hash).toList());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file of this package. Line ends are LF whatever the checkout did: a browser hashes them so. */
    static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from onrush-report");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
