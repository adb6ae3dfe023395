package dev.onrush.report.internal.html;

import java.io.IOException;
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
import java.util.stream.Stream;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import tools.jackson.core.type.TypeReference;

/**
 * A page that is one file and asks nothing of anybody. Everything from outside goes through the template's escaping or into
 * JSON blocks; the only markup put in as it is are this package's own scripts, styles and those blocks. A content-security
 * policy in the page allows just these, by their hashes.
 */
public final class PageFile {
    private final String name;
    private final List<String> styles;
    private final String library;
    private final String script;
    private final String policy;

    /**
     * Made of files of this package.
     *
     * @param template the page itself
     * @param styles beside those of the charts
     * @param module the script with which {@link PageScripts} begins
     */
    public PageFile(String template, List<String> styles, String module) {
        this.name = template;
        this.styles = Stream.concat(Stream.of("uplot/uPlot.min.css"), styles.stream())
                .map(PageResource::text)
                .toList();
        this.library = "/*\n" + PageResource.text("uplot/LICENSE").replace("*/", "* /") + "*/\n"
                + PageResource.text("uplot/uPlot.iife.min.js");
        this.script = PageScripts.bundle(module);
        this.policy = "default-src 'none'; script-src " + hashes(List.of(library, script)) + "; style-src "
                + hashes(this.styles) + "; img-src data:; base-uri 'none'; form-action 'none'";
    }

    /**
     * The page.
     *
     * @param page what the template shows
     * @param blocks what the scripts read, by the name of its place in the template
     */
    public String render(Object page, Map<String, Object> blocks) {
        Map<String, Object> model = new LinkedHashMap<>();
        // Plain maps and texts: the template cannot reach an object of ours.
        model.put(
                "page", withoutZero(ScriptJson.MAPPER.convertValue(page, new TypeReference<Map<String, Object>>() {})));
        blocks.forEach((block, data) -> model.put(block, markup(ScriptJson.of(data))));
        model.put("styles", styles.stream().map(PageFile::markup).toList());
        model.put("library", markup(library));
        model.put("script", markup(script));
        model.put("policy", policy);
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

    private Template template() throws IOException {
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
        return new Template(name, new StringReader(PageResource.text(name)), configuration);
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
        return String.join(" ", texts.stream().map(PageFile::hash).toList());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
