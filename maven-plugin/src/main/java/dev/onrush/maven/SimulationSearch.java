package dev.onrush.maven;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Finds the concrete simulations among the compiled classes of a project, without loading any of them.
 *
 * @param classPath where super classes are looked up: folders and jars
 * @param includes class-name patterns, one of which must match; none means all
 * @param excludes class-name patterns, none of which may match
 * @param warnings receives a line per class file that cannot be read
 */
record SimulationSearch(
        List<Path> classPath,
        List<ClassNamePattern> includes,
        List<ClassNamePattern> excludes,
        Consumer<String> warnings) {
    private static final String SIMULATION = "dev/onrush/dsl/Simulation";

    /** Returns class names in alphabetical order, each once; folders that do not exist hold none. */
    List<String> in(List<Path> classFolders) throws IOException {
        List<String> found = new ArrayList<>();
        try (URLClassLoader lookup = lookup()) {
            for (Path folder : classFolders) {
                if (Files.isDirectory(folder)) {
                    for (Path file : classFiles(folder)) {
                        String name = simulationName(file, lookup);
                        if (name != null && selected(name)) {
                            found.add(name);
                        }
                    }
                }
            }
        }
        return found.stream().distinct().sorted().toList();
    }

    /** Whether the class is on the class path; the name is a binary one ({@code shop.Buy}). */
    boolean has(String className) throws IOException {
        try (URLClassLoader lookup = lookup()) {
            return lookup.getResource(className.replace('.', '/') + ".class") != null;
        }
    }

    private boolean selected(String name) {
        return (includes.isEmpty() || includes.stream().anyMatch(pattern -> pattern.matches(name)))
                && excludes.stream().noneMatch(pattern -> pattern.matches(name));
    }

    private @Nullable String simulationName(Path file, URLClassLoader lookup) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ClassFile read = ClassFile.read(in);
            return read.concrete() && isSimulation(read, lookup) ? read.name().replace('/', '.') : null;
        } catch (IOException e) {
            warnings.accept(file + ": cannot be read as a class (" + e.getMessage()
                    + "), so it is not looked at. Compile it again.");
            return null;
        }
    }

    private static boolean isSimulation(ClassFile start, URLClassLoader lookup) throws IOException {
        String parent = start.superName();
        // A chain of 100 classes does not exist; a damaged one that names itself does.
        for (int depth = 0; parent != null && !parent.startsWith("java/") && depth < 100; depth++) {
            if (parent.equals(SIMULATION)) {
                return true;
            }
            try (InputStream in = lookup.getResourceAsStream(parent + ".class")) {
                parent = in == null
                        ? null
                        : ClassFile.read(new BufferedInputStream(in)).superName();
            }
        }
        return false;
    }

    private URLClassLoader lookup() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path element : classPath) {
            urls.add(element.toUri().toURL());
        }
        // Only a finder of files. With Maven's own loader as parent it would find Maven's classes.
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static List<Path> classFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")
                            && !file.endsWith("module-info.class")
                            && !file.endsWith("package-info.class"))
                    .toList();
        }
    }
}
