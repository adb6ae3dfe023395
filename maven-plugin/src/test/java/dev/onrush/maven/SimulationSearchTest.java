package dev.onrush.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationSearchTest {
    @TempDir
    Path temp;

    private Path dsl;
    private Path classes;
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void compile() throws IOException {
        dsl = new CompiledClasses(temp.resolve("dsl-src"))
                .with("dev.onrush.dsl.Simulation", "package dev.onrush.dsl; public abstract class Simulation {}")
                .with("lib.Base", "package lib; public abstract class Base extends dev.onrush.dsl.Simulation {}")
                .into(temp.resolve("dsl"));
        classes = new CompiledClasses(temp.resolve("src"))
                .with("shop.Buy", """
                        package shop;
                        public class Buy extends lib.Base {
                            static final long BIG = 5_000_000_000L; static final double HALF = 0.5;
                            static { if (true) throw new IllegalStateException("must never be initialised"); }
                            public static class Fast extends Buy {}
                            class NeedsOuter extends Buy {}
                            static Buy anonymous() { class Local extends Buy {} return new Local() {}; }
                        }
                        """)
                .with("shop.Hidden", "package shop; class Hidden extends dev.onrush.dsl.Simulation {}")
                .with("shop.Half", "package shop; public abstract class Half extends dev.onrush.dsl.Simulation {}")
                .with("shop.Other", "package shop; public class Other {}")
                .with("shop.Choice", "package shop; public interface Choice { Runnable R = () -> {}; }")
                .with(
                        "shop.WithParameter",
                        "package shop; public class WithParameter extends lib.Base { WithParameter(int n) {} }")
                .with("admin.Night", "package admin; public class Night extends shop.Buy {}")
                .into(temp.resolve("classes"), "-cp", dsl.toString());
    }

    @Test
    void findsConcreteSimulationsInOrderOfTheirNames() throws IOException {
        assertThat(search(List.of(), List.of()).in(List.of(classes)))
                .containsExactly("admin.Night", "shop.Buy", "shop.Buy$Fast", "shop.Hidden");
        assertThat(warnings).isEmpty();
    }

    @Test
    void findsClassesCompiledForANewerJavaThanThisOne() throws IOException {
        Path file = classes.resolve("shop/Hidden.class");
        byte[] bytes = Files.readAllBytes(file);
        bytes[7] = 120; // major version
        Files.write(file, bytes);

        assertThat(search(List.of("Hidden"), List.of()).in(List.of(classes))).containsExactly("shop.Hidden");
    }

    @Test
    void selectsByPatterns() throws IOException {
        assertThat(search(List.of("shop.*"), List.of("*$*")).in(List.of(classes)))
                .containsExactly("shop.Buy", "shop.Hidden");
        assertThat(search(List.of("Night", "B*y"), List.of()).in(List.of(classes)))
                .containsExactly("admin.Night", "shop.Buy");
        assertThat(search(List.of("**"), List.of("shop.**")).in(List.of(classes)))
                .containsExactly("admin.Night");
    }

    @Test
    void findsNothingWhereNoFolderIs() throws IOException {
        assertThat(search(List.of(), List.of()).in(List.of(temp.resolve("missing"))))
                .isEmpty();
    }

    @Test
    void namesAClassOfTwoFoldersOnce() throws IOException {
        assertThat(search(List.of("Hidden"), List.of()).in(List.of(classes, classes)))
                .containsExactly("shop.Hidden");
    }

    @Test
    void takesAClassWhoseSuperClassIsMissingForNoSimulation() throws IOException {
        Files.delete(dsl.resolve("lib/Base.class"));

        assertThat(search(List.of(), List.of()).in(List.of(classes))).containsExactly("shop.Hidden");
    }

    @Test
    void warnsOfADamagedClassFileAndGoesOn() throws IOException {
        Path whole = classes.resolve("shop/Other.class");
        Path torn = classes.resolve("shop/Torn.class");
        Files.write(torn, Arrays.copyOf(Files.readAllBytes(whole), 40));
        Path text = Files.writeString(classes.resolve("shop/Text.class"), "no class at all");

        assertThat(search(List.of("Hidden"), List.of()).in(List.of(classes))).containsExactly("shop.Hidden");
        assertThat(warnings)
                .containsExactlyInAnyOrder(
                        torn + ": cannot be read as a class (class file ends too early), so it is not looked at."
                                + " Compile it again.",
                        text + ": cannot be read as a class (not a class file), so it is not looked at."
                                + " Compile it again.");
    }

    @Test
    void knowsWhetherAClassIsOnTheClassPath() throws IOException {
        assertThat(search(List.of(), List.of()).has("lib.Base")).isTrue();
        assertThat(search(List.of(), List.of()).has("dev.onrush.Onrush")).isFalse();
        assertThat(search(List.of(), List.of()).has("org.apache.maven.plugin.Mojo"))
                .isFalse();
    }

    private SimulationSearch search(List<String> includes, List<String> excludes) {
        return new SimulationSearch(
                List.of(classes, dsl),
                includes.stream().map(ClassNamePattern::new).toList(),
                excludes.stream().map(ClassNamePattern::new).toList(),
                warnings::add);
    }
}
