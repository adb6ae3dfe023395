package dev.onrush.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

class SimulationChoiceTest {
    private static final List<Path> SEARCHED = List.of(Path.of("test-classes"), Path.of("classes"));
    private static final List<String> TWO = List.of("shop.Browse", "shop.Buy");

    private final List<String> shown = new ArrayList<>();

    @Test
    void takesTheOnlyOne() throws MojoFailureException {
        assertThat(new SimulationChoice(false, null).of(List.of("shop.Buy"), SEARCHED))
                .containsExactly("shop.Buy");
    }

    @Test
    void takesAllWhenSeveralAreToRun() throws MojoFailureException {
        assertThat(new SimulationChoice(true, null).of(TWO, SEARCHED)).isEqualTo(TWO);
    }

    @Test
    void listsThemWhereNobodyCanBeAsked() {
        assertThatThrownBy(() -> new SimulationChoice(false, null).of(TWO, SEARCHED))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("2 simulations found, none chosen:\n  shop.Browse\n  shop.Buy\n"
                        + "Choose one with -Donrush.simulationClass=CLASS, or run all with"
                        + " -Donrush.runMultipleSimulations.");
    }

    @Test
    void saysWhatToDoWhenThereIsNone() {
        assertThatThrownBy(() -> new SimulationChoice(true, null).of(List.of(), SEARCHED))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("No simulation found in test-classes, classes."
                        + " Write a class that extends dev.onrush.dsl.Simulation there and compile it"
                        + " (mvn test-compile onrush:test), check includes and excludes,"
                        + " or name a class of the test class path with -Donrush.simulationClass=CLASS.");
    }

    @Test
    void asksUntilTheAnswerIsANumberOrAName() throws MojoFailureException {
        assertThat(new SimulationChoice(false, typing("", "3", "x", " 2 ")).of(TWO, SEARCHED))
                .containsExactly("shop.Buy");
        assertThat(shown).hasSize(4).containsOnly("  1  shop.Browse\n  2  shop.Buy\nWhich simulation (1-2)? ");
        assertThat(new SimulationChoice(false, typing("shop.Browse")).of(TWO, SEARCHED))
                .containsExactly("shop.Browse");
    }

    @Test
    void failsWhenTheInputEnds() {
        assertThatThrownBy(() -> new SimulationChoice(false, typing("7")).of(TWO, SEARCHED))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage(
                        "No simulation chosen: the input ended." + " Choose one with -Donrush.simulationClass=CLASS.");
    }

    private SimulationChoice.Terminal typing(String... lines) {
        ArrayDeque<String> typed = new ArrayDeque<>(List.of(lines));
        return text -> {
            shown.add(text);
            return Optional.ofNullable(typed.poll());
        };
    }
}
