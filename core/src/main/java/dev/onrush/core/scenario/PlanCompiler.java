package dev.onrush.core.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Problem;
import dev.onrush.core.Segment;
import dev.onrush.core.engine.FailureText;
import dev.onrush.core.engine.KillFile;
import dev.onrush.core.engine.PlannedPopulation;
import dev.onrush.core.engine.RunPlan;
import dev.onrush.core.engine.RunPlan.KnownRequest;
import dev.onrush.core.feeder.Feeder;
import dev.onrush.core.health.LocalPorts;
import dev.onrush.core.injection.ClosedProfile;
import dev.onrush.core.injection.OpenProfile;
import dev.onrush.core.injection.ThrottleProfile;
import dev.onrush.core.protocol.Protocol;
import dev.onrush.core.protocol.ProtocolClient;
import dev.onrush.core.protocol.ProtocolEnvironment;
import dev.onrush.core.setting.Setting;

/** Compiles one load plan and collects what is wrong with it. */
final class PlanCompiler {
    final LoadPlan plan;
    final ProtocolEnvironment environment;
    /** By path: a list as key, as a record's own hash code is linked at first use, and the first request waits for it. */
    final Map<List<String>, KnownRequest> requests = new LinkedHashMap<>();

    final Set<List<String>> groups = new LinkedHashSet<>();
    final Set<String> warnings = new LinkedHashSet<>();
    boolean allNamesFixed = true;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Map<Protocol, ProtocolClient> clients = new LinkedHashMap<>();
    private final Map<Feeder, Boolean> feeders = new IdentityHashMap<>();
    private final List<Feeder> feedersInOrder = new ArrayList<>();
    private final List<PlannedPopulation> planned = new ArrayList<>();
    private final Map<String, Population> byName = new HashMap<>();
    /** By what they begin after: only what runs side by side takes ports from each other. */
    private final Map<List<String>, List<PortForecast.Taker>> portTakers = new LinkedHashMap<>();

    final long seed;
    private final Segment segment;

    PlanCompiler(LoadPlan plan, ProtocolEnvironment environment) {
        this.plan = plan;
        this.environment = environment;
        this.segment = environment.settings().segment();
        this.seed = seed(plan.rules().seed(), environment.settings().text(Setting.SEED));
    }

    /** Generators of one run need the same. */
    private long seed(@Nullable Long word, String setting) {
        if (!setting.isEmpty()) {
            return Long.parseLong(setting);
        }
        if (word != null) {
            return word;
        }
        if (!segment.isWhole()) {
            problem(
                    "setting onrush.segment",
                    "is " + segment
                            + ", and generators that share a run need one seed, or each would draw its own. Give all of"
                            + " them the same with -Donrush.seed=N, or put .seed(N) behind setUp.");
        }
        return new Random().nextLong();
    }

    RunPlan compile() {
        RunRules rules = plan.rules();
        checkWhole(rules);
        if (!segment.isWhole()) {
            warnings.add(
                    "This generator has part " + segment + " of the run (onrush.segment): one user in " + segment.of()
                            + ", and its share of all limits. Its report and its assertions tell of this part alone.");
        }
        plan.populations().forEach(population -> plan(population, List.of()));
        portTakers
                .values()
                .forEach(together ->
                        PortForecast.warning(together, LocalPorts.available()).ifPresent(warnings::add));
        return new RunPlan(
                plan.simulation(),
                planned,
                feedersInOrder,
                List.copyOf(clients.values()),
                seed,
                rules.warmUp().toNanos(),
                Math.min(maxDurationNanos(rules), throttledNanos()),
                rules.throttle(),
                rules.failureLimit(),
                List.copyOf(requests.values()),
                List.copyOf(groups),
                allNamesFixed,
                List.copyOf(warnings));
    }

    /**
     * Plans a population and its followers.
     *
     * @param after names of those whose users must have ended before it begins
     * @return names of it and of all its followers
     */
    private List<String> plan(Population population, List<String> after) {
        PopulationCompilation compilation = new PopulationCompilation(this, population);
        check(population, compilation);
        planned.add(new PlannedPopulation(
                population.name(),
                compilation.scenario(),
                compilation.compile(),
                population.profile(),
                maxUsers(population),
                after,
                population.isWhole(),
                population.throttle()));
        tellOfThrottle(population);
        tellOfNobody(population);
        if (compilation.takesPortPerUser() && population.profile() instanceof OpenProfile open) {
            portTakers
                    .computeIfAbsent(after, together -> new ArrayList<>())
                    .add(new PortForecast.Taker(open, population.isWhole() ? 1 : segment.of()));
        }
        List<String> all = new ArrayList<>(List.of(population.name()));
        List<String> before = List.of(population.name());
        for (List<Population> stage : population.followers()) {
            List<String> names = new ArrayList<>();
            for (Population follower : stage) {
                names.addAll(plan(follower, before));
            }
            all.addAll(names);
            before = names;
        }
        return all;
    }

    private void tellOfThrottle(Population population) {
        List<String> caps = new ArrayList<>();
        for (ThrottleProfile cap : Arrays.asList(plan.rules().throttle(), population.throttle())) {
            if (cap != null) {
                caps.add(cap.describe());
            }
        }
        if (!caps.isEmpty()) {
            warnings.add(
                    "scenario \"" + population.name() + "\" is throttled (" + String.join("; ", caps)
                            + "): its requests wait for slots, so that the load is not what its profile asks for, and it makes no pauses.");
        }
    }

    private void tellOfNobody(Population population) {
        boolean isEmpty = population.profile() instanceof ClosedProfile closed
                ? closed.peak() == 0
                : population.profile() instanceof OpenProfile open && startsNobody(open, population.name());
        if (isEmpty) {
            warnings.add("scenario \"" + population.name() + "\": its profile starts no user ("
                    + population.profile().describe() + ").");
        }
    }

    /** Of less than one user expected the schedule is quickly drawn. */
    private boolean startsNobody(OpenProfile open, String name) {
        return open.usersBefore(open.durationNanos()) < 1 && PlannedPopulation.users(name, open, seed) == 0;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    void problem(String place, String text) {
        problems.add(new Problem(place, text));
    }

    ProtocolClient client(Protocol protocol) {
        return clients.computeIfAbsent(protocol, p -> p.client(environment));
    }

    void feeder(Feeder feeder, Consumer<String> problem) {
        if (feeders.put(feeder, true) != null) {
            return;
        }
        try {
            feeder.open(environment.settings(), seed);
            feedersInOrder.add(feeder);
        } catch (DefinitionException e) {
            e.problems().forEach(each -> problem.accept(each.toString()));
        } catch (RuntimeException e) {
            problem.accept(feeder.name() + " cannot be read: " + FailureText.of(e));
        }
    }

    /** Limits in the settings are there for whoever answers for the target: they bind beside those of the simulation. */
    int maxUsers(Population population) {
        long setting = environment.settings().longNumber(Setting.MAX_USERS);
        return setting == 0 ? population.maxUsers() : (int) Math.min(population.maxUsers(), setting);
    }

    private long maxDurationNanos(RunRules rules) {
        Duration word = rules.maxDuration();
        long own = word == null ? Long.MAX_VALUE : word.toNanos();
        long setting = environment.settings().duration(Setting.MAX_DURATION).toNanos();
        return setting == 0 ? own : Math.min(own, setting);
    }

    /** When the shortest throttle is over, and the run with it; {@link Long#MAX_VALUE} if there is none. */
    private long throttledNanos() {
        ThrottleProfile ofRun = plan.rules().throttle();
        return Stream.concat(
                        Stream.ofNullable(ofRun),
                        plan.populations().stream()
                                .flatMap(Population::withFollowers)
                                .flatMap(population -> Stream.ofNullable(population.throttle())))
                .mapToLong(ThrottleProfile::durationNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private void checkWhole(RunRules rules) {
        if (plan.populations().isEmpty()) {
            problem(
                    "",
                    "setUp names no population. Pass at least one, as in setUp(scenario.injectOpen(atOnceUsers(1))).");
        }
        long longest = Math.min(maxDurationNanos(rules), throttledNanos());
        String limit = longest == throttledNanos() ? "the throttle " : "maxDuration ";
        if (rules.warmUp().toNanos() >= longest) {
            problem(
                    "",
                    "warmUp is " + rules.warmUp() + " and " + limit + Duration.ofNanos(longest)
                            + ": nothing would be measured. Make the warm-up shorter or the run longer.");
        }
        String killFile = environment.settings().text(Setting.KILL_FILE);
        if (KillFile.exists(killFile)) {
            problem(
                    "setting onrush.killFile",
                    killFile + " is there already, so that no run may go on. Delete it when runs are welcome again.");
        }
    }

    private void check(Population population, PopulationCompilation compilation) {
        String name = population.name();
        if (name.isBlank()) {
            compilation.problem("a scenario needs a name. Give it one that tells what its users do.");
        } else if (name.contains("#{")) {
            compilation.problem(
                    "the name of a scenario is fixed, and #{…} in it is not looked at. Write a plain name.");
        }
        Population other = byName.putIfAbsent(name, population);
        if (other != null) {
            compilation.problem("a second scenario has this name (the first: " + other.site()
                    + "). Give each scenario a name of its own.");
        }
        if (population.scenario().steps().isEmpty()) {
            compilation.problem(
                    "the scenario has no steps. Give it at least one, as in exec(http(\"home\").get(\"/\")).");
        }
        if (population.profile() instanceof ClosedProfile closed && closed.peak() > maxUsers(population)) {
            compilation.problem("the profile wants up to " + closed.peak() + " users at once, and maxUsers is "
                    + maxUsers(population) + ". Raise maxUsers or lower the profile.");
        }
        checkRate(population, compilation);
        long atOnce = population.profile() instanceof OpenProfile open
                ? open.mostAtOnce()
                : ((ClosedProfile) population.profile()).peak();
        new HeapNeed(ours(population, Math.min(atOnce, maxUsers(population))))
                .problem(Runtime.getRuntime().maxMemory())
                .ifPresent(compilation::problem);
    }

    /** How many of so many users of that population are this generator's. */
    long ours(Population population, long users) {
        return population.isWhole() ? users : segment.share(users);
    }

    private void checkRate(Population population, PopulationCompilation compilation) {
        double limit = plan.rules().maxRate();
        double setting = Double.parseDouble(environment.settings().text(Setting.MAX_RATE));
        if (setting > 0 && (limit == 0 || setting < limit)) {
            limit = setting;
        }
        if (limit > 0 && population.profile() instanceof OpenProfile open && open.peakRate() > limit) {
            compilation.problem("the profile asks for " + open.peakRate() + " new users per second, and maxRate is "
                    + limit + ". Lower the profile or raise maxRate.");
        }
    }

    /** Attributes that are read, and where; judged once all steps are known. */
    static final class Attributes {
        private final Map<String, String> firstRead = new LinkedHashMap<>();
        private final Set<String> set = new HashSet<>();
        private boolean any;

        void reads(String attribute, String place) {
            firstRead.putIfAbsent(attribute, place);
        }

        void sets(Set<String> attributes) {
            set.addAll(attributes);
        }

        void setsAny() {
            any = true;
        }

        void report(PlanCompiler compiler) {
            if (any) {
                return;
            }
            firstRead.forEach((attribute, place) -> {
                if (!set.contains(attribute)) {
                    compiler.problem(
                            place,
                            "#{" + attribute + "} is read, and no step of the scenario sets it. "
                                    + "Set it before, with feed, saveAs or exec, or correct the name.");
                }
            });
        }
    }
}
