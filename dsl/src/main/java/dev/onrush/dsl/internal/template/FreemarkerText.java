package dev.onrush.dsl.internal.template;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

import freemarker.core.InvalidReferenceException;
import freemarker.core.ParseException;
import freemarker.core.TemplateClassResolver;
import freemarker.core.UndefinedOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.ObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Excerpt;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UnresolvedException;
import dev.onrush.core.session.UserSession;

/**
 * A template, parsed once; its variables are the attributes of the session. Numbers and truth values are written as computers read
 * them, nothing is escaped. Response values enter as data, never as template.
 */
public final class FreemarkerText implements Expression<String> {
    private static final ObjectWrapper WRAPPER = new DefaultObjectWrapperBuilder(Configuration.VERSION_2_3_35).build();
    private static final Configuration CONFIGURATION = configuration();

    private final String name;
    private final @Nullable Template template;
    private final List<String> problems;

    private FreemarkerText(String name, @Nullable Template template, List<String> problems) {
        this.name = name;
        this.template = template;
        this.problems = problems;
    }

    /**
     * Of that text; a mistake in it is a problem of the expression.
     *
     * @param name of its file, or of the word that has it
     */
    public static FreemarkerText of(String name, String text) {
        try {
            return new FreemarkerText(name, new Template(name, text, CONFIGURATION), List.of());
        } catch (ParseException e) {
            return new FreemarkerText(
                    name,
                    null,
                    List.of(name + ", line " + e.getLineNumber() + ": "
                            + Excerpt.of(String.valueOf(e.getEditorMessage()))));
        } catch (IOException e) {
            return new FreemarkerText(name, null, List.of(name + ": cannot be read (" + e.getMessage() + ")."));
        }
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_35);
        configuration.setOutputFormat(UndefinedOutputFormat.INSTANCE);
        // Else #{…} would be a number of FreeMarker's old notation.
        configuration.setInterpolationSyntax(Configuration.DOLLAR_INTERPOLATION_SYNTAX);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        configuration.setObjectWrapper(WRAPPER);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
        configuration.setLocale(Locale.ROOT);
        configuration.setLocalizedLookup(false);
        configuration.setNumberFormat("computer");
        configuration.setBooleanFormat("c");
        configuration.setTemplateLoader(new FileTemplates());
        return configuration;
    }

    @Override
    public String evaluate(UserSession session) {
        Template parsed = template;
        if (parsed == null) {
            throw new UnresolvedException(problems.get(0));
        }
        StringWriter text = new StringWriter();
        try {
            parsed.process(new Attributes(session), text);
        } catch (InvalidReferenceException e) {
            throw new UnresolvedException(
                    name + ", line " + e.getLineNumber() + ": " + e.getBlamedExpressionString() + " has no value");
        } catch (TemplateException e) {
            throw new IllegalStateException(
                    name + ", line " + e.getLineNumber() + ": " + Excerpt.of(e.getMessageWithoutStackTop()), e);
        } catch (IOException e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        }
        return text.toString();
    }

    @Override
    public List<String> problems() {
        return problems;
    }

    /** A session as a template sees it. */
    private record Attributes(UserSession session) implements TemplateHashModel {
        @Override
        public @Nullable TemplateModel get(String key) throws TemplateModelException {
            Object value = session.get(key);
            return value == null ? null : WRAPPER.wrap(value);
        }

        @Override
        public boolean isEmpty() {
            return session.attributes().isEmpty();
        }
    }
}
