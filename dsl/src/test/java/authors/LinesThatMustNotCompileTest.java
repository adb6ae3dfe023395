package authors;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Locale;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinesThatMustNotCompileTest {
    @ParameterizedTest
    @CsvSource({
        "scenario.injectOpen(constantConcurrentUsers(2).during(5)), ClosedInjectionStep cannot be converted to",
        "scenario.injectOpen(rampUsers(5)), Ramp cannot be converted to",
        "scenario.injectClosed(atOnceUsers(5)), OpenInjectionStep cannot be converted to",
        "scenario.repeat(5).exec(chain), cannot find symbol",
    })
    void isRefusedByTheCompiler(String line, String reason) {
        assertThat(errors(line)).anySatisfy(error -> assertThat(error).contains(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scenario.injectOpen(rampUsers(5).during(5))", "scenario.repeat(5).on(chain)"})
    void isAcceptedByTheSameMeans(String line) {
        assertThat(errors(line)).isEmpty();
    }

    private static List<String> errors(String line) {
        String source = "import static dev.onrush.dsl.CoreDsl.*; class Line { Object of("
                + "dev.onrush.dsl.ScenarioBuilder scenario, dev.onrush.dsl.ChainBuilder chain) { return " + line
                + "; } }";
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Line.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options = List.of("-proc:none", "-implicit:none", "-XDshould-stop.ifNoError=ATTR");
        compiler.getTask(null, null, found, options, null, List.of(file)).call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ENGLISH))
                .toList();
    }
}
