package dev.onrush.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line of one forked JVM that runs {@code dev.onrush.Onrush}.
 *
 * @param java the launcher
 * @param jvmArgs for the JVM, before all that we add
 * @param systemProperties passed as {@code -D}
 * @param classPath folders and jars
 * @param arguments for {@code Onrush}
 */
record JavaCommand(
        Path java,
        List<String> jvmArgs,
        Map<String, String> systemProperties,
        List<Path> classPath,
        List<String> arguments) {
    static final String MAIN_CLASS = "dev.onrush.Onrush";

    /** Since 22 the option is final; later versions warn when it is missing and a library loads native code. */
    private static final int NATIVE_ACCESS_OPTION_SINCE = 22;

    private static final String NATIVE_ACCESS_OPTION = "--enable-native-access";

    /** All words after the launcher. */
    List<String> words() {
        List<String> words = new ArrayList<>(jvmArgs);
        if (javaVersion() >= NATIVE_ACCESS_OPTION_SINCE
                && jvmArgs.stream().noneMatch(arg -> arg.startsWith(NATIVE_ACCESS_OPTION))) {
            words.add(NATIVE_ACCESS_OPTION + "=ALL-UNNAMED");
        }
        systemProperties.forEach((name, value) -> words.add("-D" + name + "=" + value));
        words.add("-cp");
        words.add(String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList()));
        words.add(MAIN_CLASS);
        words.addAll(arguments);
        return words;
    }

    /** The feature version the launcher's installation names in its {@code release} file, 0 if it does not say. */
    private int javaVersion() {
        try {
            Path release = java.toRealPath().resolveSibling("../release").normalize();
            for (String line : Files.readAllLines(release)) {
                if (line.startsWith("JAVA_VERSION=")) {
                    return Runtime.Version.parse(
                                    line.substring(line.indexOf('=') + 1).replace("\"", ""))
                            .feature();
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return 0; // an installation without that file: we leave out what depends on the version
        }
        return 0;
    }
}
