package dev.onrush.core.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.PlannedPopulation;
import dev.onrush.core.engine.RunPlan;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.feeder.Feeder;
import dev.onrush.core.injection.ClosedProfile;
import dev.onrush.core.injection.OpenProfile;
import dev.onrush.core.protocol.Protocol;
import dev.onrush.core.protocol.ProtocolClient;
import dev.onrush.core.protocol.ProtocolEnvironment;
import dev.onrush.core.setting.Settings;

/** The compilation of one population: knows the place, and passes on what it is told with it. */
final class PopulationCompilation implements Compilation {
    /** Steps are compiled, and users leave blocks, from the outside to the inside: a bound keeps stacks and places short. */
    private static final int DEEPEST = 200;

    private final PlanCompiler compiler;
    private final Population population;
    private final int scenario;
    private final PlanCompiler.Attributes attributes = new PlanCompiler.Attributes();
    private final List<String> groups = new ArrayList<>();
    /** What was found, in the order of the steps: they are compiled from the last to the first, as each needs to know what follows it. */
    private List<Runnable> findings = new ArrayList<>();
    /** The names of the groups around here are all fixed. */
    private boolean groupsFixed = true;

    private boolean takesPortPerUser;
    private boolean interruptible;
    private int depth;
    /** The place of the span, without a step. */
    private String span;

    private String place;

    PopulationCompilation(PlanCompiler compiler, Population population) {
        this.compiler = compiler;
        this.population = population;
        this.scenario = compiler.environment.names().scenario(population.name());
        this.span = "scenario \"" + population.name() + "\"";
        CallSite site = population.scenario().site();
        this.place = site.file().isEmpty() ? span : span + ", " + site;
    }

    /** The first action of the population's scenario. */
    Action compile() {
        Action first = chain(population.scenario().steps(), new EndAction(span + " > end"));
        findings.forEach(Runnable::run);
        attributes.report(compiler);
        return first;
    }

    /** Once it is compiled. */
    boolean takesPortPerUser() {
        return takesPortPerUser;
    }

    @Override
    public Action chain(List<Step> steps, Action next) {
        String outerPlace = place;
        List<Runnable> outerFindings = findings;
        List<List<Runnable>> found = new ArrayList<>();
        Action first = next;
        for (int i = steps.size() - 1; i >= 0; i--) {
            findings = new ArrayList<>();
            found.add(findings);
            Step step = steps.get(i);
            place = span + " > step " + (i + 1) + " (" + step.word() + ")"
                    + (step.site().file().isEmpty() ? "" : ", " + step.site());
            Action compiled = step.compile(this, first);
            first = interruptible ? new InterruptAction(compiled) : compiled;
        }
        findings = outerFindings;
        for (int i = found.size() - 1; i >= 0; i--) {
            findings.addAll(found.get(i));
        }
        place = outerPlace;
        return first;
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public Action inside(String name, List<Step> steps, Action next) {
        if (depth == DEEPEST) {
            problem("steps are nested more than " + DEEPEST + " deep. Take what is inside out of some of the blocks.");
            return next;
        }
        depth++;
        String outerSpan = span;
        span = outerSpan + " > " + name;
        Action first = chain(steps, next);
        span = outerSpan;
        depth--;
        return first;
    }

    @Override
    public Action insideGroup(@Nullable String name, List<Step> steps, Action next) {
        boolean fixedBefore = groupsFixed;
        if (name == null) {
            groupsFixed = false;
            compiler.allNamesFixed = false;
        } else {
            groups.add(name);
            if (groupsFixed) {
                List<String> path = List.copyOf(groups);
                findings.add(() -> compiler.groups.add(path));
            }
        }
        Action first = inside("group" + (name == null ? "" : " \"" + name + "\""), steps, next);
        if (name != null) {
            groups.remove(groups.size() - 1);
        }
        groupsFixed = fixedBefore;
        return first;
    }

    @Override
    public Action insideInterruptible(String name, List<Step> steps, Action next) {
        boolean before = interruptible;
        interruptible = true;
        Action first = inside(name, steps, next);
        interruptible = before;
        return first;
    }

    @Override
    public void problem(String text) {
        String here = place;
        findings.add(() -> compiler.problem(here, text));
    }

    @Override
    public void warning(String text) {
        String warning = place + ": " + text;
        findings.add(() -> compiler.warnings.add(warning));
    }

    @Override
    public ProtocolEnvironment environment() {
        return compiler.environment;
    }

    @Override
    public long mostAtOnce() {
        long most = Math.min(
                population.profile() instanceof OpenProfile open
                        ? PlannedPopulation.users(population.name(), open, compiler.seed)
                        : ((ClosedProfile) population.profile()).peak(),
                compiler.maxUsers(population));
        return compiler.ours(population, most);
    }

    @Override
    public boolean isThrottled() {
        return population.throttle() != null || compiler.plan.rules().throttle() != null;
    }

    @Override
    public boolean isTrial() {
        return compiler.plan.rules().isTrial();
    }

    @Override
    public Names names() {
        return compiler.environment.names();
    }

    @Override
    public Settings settings() {
        return compiler.environment.settings();
    }

    @Override
    public int scenario() {
        return scenario;
    }

    @Override
    @SuppressWarnings("unchecked") // a kind stands for one type
    public <P extends Protocol> P protocol(String kind, P otherwise) {
        for (Protocol protocol : Population.merged(compiler.plan.protocols(), population.protocols())) {
            if (protocol.kind().equals(kind)) {
                return (P) protocol;
            }
        }
        return otherwise;
    }

    @Override
    public ProtocolClient client(Protocol protocol) {
        ProtocolClient client = compiler.client(protocol);
        takesPortPerUser |= client.takesPortPerUser();
        return client;
    }

    @Override
    public PauseType pauseType() {
        if (isThrottled()) {
            return PauseType.disabled();
        }
        PauseType own = population.pauseType();
        return own == null ? compiler.plan.rules().pauseType() : own;
    }

    @Override
    public void request(@Nullable String name) {
        if (name == null || !groupsFixed) {
            compiler.allNamesFixed = false;
        } else {
            RunPlan.KnownRequest known = new RunPlan.KnownRequest(groups, name);
            findings.add(() -> compiler.requests.putIfAbsent(known.path(), known));
        }
    }

    @Override
    public void feeder(Feeder feeder) {
        compiler.feeder(feeder, this::problem);
    }

    @Override
    public void reads(Set<String> names) {
        String here = place;
        findings.add(() -> names.forEach(name -> attributes.reads(name, here)));
    }

    @Override
    public void sets(Set<String> names) {
        attributes.sets(names);
    }

    @Override
    public void setsAny() {
        attributes.setsAny();
    }
}
