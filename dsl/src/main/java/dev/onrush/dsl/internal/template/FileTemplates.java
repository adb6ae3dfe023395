package dev.onrush.dsl.internal.template;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import freemarker.cache.TemplateLoader;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.file.NamedFile;
import dev.onrush.core.file.UnusableFileException;

/** What a template includes: class path resources, else files in the working folder and nothing outside of it. */
final class FileTemplates implements TemplateLoader {
    @Override
    public @Nullable Object findTemplateSource(String name) {
        try {
            return NamedFile.findInside(Path.of("").toAbsolutePath(), name);
        } catch (UnusableFileException e) {
            return null;
        }
    }

    @Override
    public long getLastModified(Object source) {
        return -1;
    }

    @Override
    public Reader getReader(Object source, String encoding) throws IOException {
        return NamedFile.reader(((NamedFile) source).open(), StandardCharsets.UTF_8);
    }

    @Override
    public void closeTemplateSource(Object source) {}
}
