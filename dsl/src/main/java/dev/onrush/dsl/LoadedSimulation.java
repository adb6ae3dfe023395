package dev.onrush.dsl;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.DefinitionException;
import dev.onrush.core.DefinitionPhase;
import dev.onrush.core.Problem;
import dev.onrush.core.check.JmesPathFunctions;
import dev.onrush.core.scenario.LoadPlan;
import dev.onrush.core.scenario.Population;

/** A simulation whose class was instantiated, and what it set up. For who runs simulations, not for who writes them. */
public final class LoadedSimulation {
    private final Simulation simulation;
    private final LoadPlan plan;
    private final List<Problem> problems;
    private final List<Problem> warnings;

    private LoadedSimulation(Simulation simulation, LoadPlan plan, List<Problem> problems, List<Problem> warnings) {
        this.simulation = simulation;
        this.plan = plan;
        this.problems = List.copyOf(problems);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Makes an object of that class, which sets itself up.
     *
     * @throws DefinitionException if that is no simulation, cannot be made, refuses an argument or sets up nothing: with the
     *     place in the author's code
     */
    public static LoadedSimulation load(Class<?> type) {
        JmesPathFunctions.clear();
        Simulation simulation = make(type);
        Simulation.SetUp setUp = simulation.setUp();
        if (setUp == null) {
            throw new DefinitionException(List.of(new Problem(
                    "simulation " + type.getName(),
                    "setUp was not called. Call it once in the constructor, as in"
                            + " setUp(scenario.injectOpen(atOnceUsers(1))).")));
        }
        List<Problem> problems = new ArrayList<>();
        List<Population> populations = new ArrayList<>();
        int number = 0;
        for (@Nullable PopulationBuilder population : setUp.populations()) {
            number++;
            if (population == null) {
                problems.add(new Problem(
                        "setUp, " + setUp.site(),
                        "population " + number + " is null. A field must be assigned above the place that uses it."));
            } else {
                populations.add(population.population());
            }
        }
        LoadPlan plan =
                new LoadPlan(type.getSimpleName(), populations, setUp.protocols(), setUp.assertions(), setUp.rules());
        List<Problem> warnings = problems.isEmpty()
                ? UnusedFields.of(
                        simulation,
                        populations.stream().flatMap(Population::withFollowers).toList())
                : List.of();
        return new LoadedSimulation(simulation, plan, problems, warnings);
    }

    public LoadPlan plan() {
        return plan;
    }

    /** Definition mistakes that the plan cannot show, such as a null population; to be reported with those of the plan. */
    public List<Problem> problems() {
        return problems;
    }

    /** What looks like a slip, such as a chain that is part of no population; the run goes on. */
    public List<Problem> warnings() {
        return warnings;
    }

    /** Runs the author's {@code before()}. DSL words are refused in it. What it throws is thrown. */
    public void before() {
        DefinitionPhase.outside(simulation::before);
    }

    /** Runs the author's {@code after()}. DSL words are refused in it. What it throws is thrown. */
    public void after() {
        DefinitionPhase.outside(simulation::after);
    }

    private static Simulation make(Class<?> type) {
        if (!Simulation.class.isAssignableFrom(type)) {
            throw refused(type, "is not a simulation. Let it extend dev.onrush.dsl.Simulation.");
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            throw refused(type, "is abstract. Name a subclass that is not.");
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Simulation) constructor.newInstance();
        } catch (NoSuchMethodException e) {
            throw refused(type, "has no constructor without parameters. Add one; an inner class must be static.");
        } catch (InvocationTargetException e) {
            throw failed(type, e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw refused(type, "cannot be instantiated (" + e + "). Make the class and its constructor public.");
        } catch (LinkageError e) {
            throw failed(type, e);
        }
    }

    private static DefinitionException refused(Class<?> type, String text) {
        return new DefinitionException(List.of(new Problem("class " + type.getName(), text)));
    }

    /** What the author's code threw, as one problem with its place. */
    private static DefinitionException failed(Class<?> type, Throwable thrown) {
        if (thrown instanceof OutOfMemoryError outOfMemory) {
            throw outOfMemory;
        }
        Throwable cause = thrown;
        while (cause instanceof ExceptionInInitializerError && cause.getCause() != null) {
            cause = cause.getCause();
        }
        CallSite site = CallSite.of(cause);
        String place = "simulation " + type.getName() + (site == CallSite.UNKNOWN ? "" : ", " + site);
        DefinitionException told;
        if (cause instanceof DefinitionException definition) {
            told = new DefinitionException(definition.problems().stream()
                    .map(problem -> problem.place().isEmpty() ? new Problem(place, problem.text()) : problem)
                    .toList());
        } else {
            told = new DefinitionException(List.of(new Problem(
                    place,
                    "making the simulation failed with " + cause + ". Correct the line; a field must be assigned above"
                            + " the place that uses it.")));
        }
        told.initCause(cause);
        return told;
    }
}
