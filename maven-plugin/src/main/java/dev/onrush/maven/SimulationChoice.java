package dev.onrush.maven;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Which of the simulations found are run.
 *
 * @param multiple run all of them
 * @param terminal whom to ask when there are several; null where nobody is
 */
record SimulationChoice(boolean multiple, @Nullable Terminal terminal) {
    /** Somebody who can be asked. */
    interface Terminal {
        /** Shows the text and returns the line typed, or empty at the end of the input. */
        Optional<String> ask(String text);
    }

    List<String> of(List<String> found, List<Path> searched) throws MojoFailureException {
        if (found.isEmpty()) {
            throw new MojoFailureException("No simulation found in "
                    + searched.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + ". Write a class that extends dev.onrush.dsl.Simulation there and compile it"
                    + " (mvn test-compile onrush:test), check includes and excludes,"
                    + " or name a class of the test class path with -Donrush.simulationClass=CLASS.");
        }
        if (multiple || found.size() == 1) {
            return found;
        }
        if (terminal == null) {
            throw new MojoFailureException(found.size() + " simulations found, none chosen:\n"
                    + found.stream().map(name -> "  " + name).collect(Collectors.joining("\n"))
                    + "\nChoose one with -Donrush.simulationClass=CLASS, or run all with"
                    + " -Donrush.runMultipleSimulations.");
        }
        return List.of(asked(found, terminal));
    }

    private static String asked(List<String> found, Terminal terminal) throws MojoFailureException {
        String question = IntStream.range(0, found.size())
                        .mapToObj(i -> "  " + (i + 1) + "  " + found.get(i) + "\n")
                        .collect(Collectors.joining())
                + "Which simulation (1-" + found.size() + ")? ";
        while (true) {
            String answer = terminal.ask(question)
                    .orElseThrow(() -> new MojoFailureException("No simulation chosen: the input ended."
                            + " Choose one with -Donrush.simulationClass=CLASS."))
                    .strip();
            if (found.contains(answer)) {
                return answer;
            }
            for (int i = 0; i < found.size(); i++) {
                if (answer.equals(String.valueOf(i + 1))) {
                    return found.get(i);
                }
            }
        }
    }
}
