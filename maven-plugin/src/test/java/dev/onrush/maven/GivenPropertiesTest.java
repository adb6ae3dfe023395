package dev.onrush.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class GivenPropertiesTest {
    private final Properties user = new Properties();
    private final Properties project = new Properties();
    private final GivenProperties given = new GivenProperties(user, project);

    @Test
    void theCommandLineWinsOverTheConfigurationAndThatOverThePropertiesOfThePom() throws MojoFailureException {
        project.setProperty("onrush.jvmArgs", "-Dpom");

        assertThat(given.words("jvmArgs", null)).containsExactly("-Dpom");
        assertThat(given.words("jvmArgs", List.of("-Dconfigured"))).containsExactly("-Dconfigured");

        user.setProperty("onrush.jvmArgs", "-Duser");

        assertThat(given.words("jvmArgs", List.of("-Dconfigured"))).containsExactly("-Duser");
        assertThat(given.text("simulationClass", "shop.Buy")).isEqualTo("shop.Buy");

        user.setProperty("onrush.simulationClass", "shop.Browse");
        user.setProperty("onrush.failOnError", "false");

        assertThat(given.text("simulationClass", "shop.Buy")).isEqualTo("shop.Browse");
        assertThat(given.flag("failOnError", true)).isFalse();
    }

    @Test
    void splitsLikeACommandLine() throws MojoFailureException {
        user.setProperty("onrush.jvmArgs", "  -Xmx1g -Da='x y'  \"-Db=it's\" -Dc= '' -agentlib:jdwp=a,b ");

        assertThat(given.words("jvmArgs", null))
                .containsExactly("-Xmx1g", "-Da=x y", "-Db=it's", "-Dc=", "", "-agentlib:jdwp=a,b");
    }

    @Test
    void refusesAnOpenQuote() {
        user.setProperty("onrush.jvmArgs", "-Da='x");

        assertThatThrownBy(() -> given.words("jvmArgs", null))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("onrush.jvmArgs: quote ' is not closed in: -Da='x. Close it.");
    }

    @Test
    void readsListsAndPairs() throws MojoFailureException {
        user.setProperty("onrush.includes", " shop.*, Night ,");
        user.setProperty("onrush.environment", "A=1, B=x=y,C=");

        assertThat(given.list("includes", null)).containsExactly("shop.*", "Night");
        assertThat(given.pairs("environment", Map.of("A", "pom")))
                .containsExactly(Map.entry("A", "1"), Map.entry("B", "x=y"), Map.entry("C", ""));
    }

    @Test
    void takesAnEmptyElementOfThePomAsEmptyText() throws MojoFailureException {
        Map<String, String> configured = new LinkedHashMap<>();
        configured.put("empty", null);

        assertThat(given.pairs("systemProperties", configured)).containsExactly(Map.entry("empty", ""));
    }

    @Test
    void refusesAPairWithoutAName() {
        user.setProperty("onrush.environment", "A=1,=2");

        assertThatThrownBy(() -> given.pairs("environment", null))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("onrush.environment: name=value expected, was =2."
                        + " Separate pairs by commas; a value with a comma can only stand in the POM.");
    }

    @Test
    void passesOnWhatIsForTheRunAndNotItsOwnParameters() {
        user.setProperty("onrush.seed", "42");
        user.setProperty("onrush.simulationClass", "shop.Buy");
        user.setProperty("other", "x");

        assertThat(given.forTheRun()).containsExactly(Map.entry("onrush.seed", "42"), Map.entry("other", "x"));
    }

    @Test
    void takesTheResultsFolderFromTheSettingOfTheRunToo() {
        MavenProject base = new MavenProject();
        base.setFile(new File("/shop/pom.xml"));
        File configured = new File("/shop/target/onrush");

        assertThat(given.resultsFolder(configured, base))
                .isEqualTo(Path.of("/shop/target/onrush").toAbsolutePath());

        user.setProperty("onrush.results", "runs");

        assertThat(given.resultsFolder(configured, base))
                .isEqualTo(Path.of("/shop/runs").toAbsolutePath());
        assertThat(given.forTheRun()).isEmpty();

        user.setProperty("onrush.resultsFolder", "mine");

        assertThat(given.resultsFolder(configured, base))
                .isEqualTo(Path.of("/shop/mine").toAbsolutePath());
    }
}
