package dev.onrush.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.ToolProvider;

/** Tiny classes, compiled into a folder as a test needs them. */
final class CompiledClasses {
    private final Path sources;
    private final List<String> files = new ArrayList<>();

    CompiledClasses(Path sources) {
        this.sources = sources;
    }

    CompiledClasses with(String className, String source) throws IOException {
        Path file = sources.resolve(className.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        files.add(file.toString());
        return this;
    }

    /** Compiles all sources given so far, against the folders and themselves. */
    Path into(Path folder, String... options) throws IOException {
        Files.createDirectories(folder);
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
        arguments.addAll(List.of(options));
        arguments.addAll(files);
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(code).isZero();
        return folder;
    }
}
