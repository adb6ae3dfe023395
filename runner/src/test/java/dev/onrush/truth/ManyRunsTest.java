package dev.onrush.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.LeakProbe;
import dev.onrush.testkit.TruthServer;

/** Many runs in one JVM leave it as it was, the class loaders of their simulations included (G29). */
@Tag("beside")
class ManyRunsTest {
    private static final long HEAP_GROWTH = 2 << 20;

    @TempDir
    Path results;

    /** Gives its own copy of the simulation, and everything else from above. */
    private static final class OwnCopy extends URLClassLoader {
        OwnCopy(URL classes) {
            super(new URL[] {classes}, ManyRunsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith(ShopSimulation.class.getName())) {
                    return super.loadClass(name, resolve);
                }
                Class<?> known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
        }
    }

    @Test
    @Tag("slow")
    void tenRunsLeaveTheJvmAsItWas() throws Exception {
        manyRuns(10, 300);
    }

    @Test
    @Tag("nightly")
    void fiftyRunsLeaveTheJvmAsItWas() throws Exception {
        manyRuns(50, 1_500);
    }

    private void manyRuns(int runs, int millis) throws Exception {
        System.setProperty("truth.millis", Integer.toString(millis));
        try (TruthServer server = TruthServer.setup().keepEntries(false).start()) {
            System.setProperty("truth.url", server.url("/"));
            run(-1);
            run(-2);
            LeakProbe leaks = LeakProbe.watching().heapGrowthAtMost(HEAP_GROWTH);
            List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                loaders.add(run(i));
            }
            leaks.assertNothingLeft();
            long alive = stillLoaded(loaders);
            Figures.print(
                    "G29",
                    "%d runs of %d ms in one JVM: threads, descriptors and heap (within %d MiB) as before, class loaders"
                            + " collected %d of %d",
                    runs,
                    millis,
                    HEAP_GROWTH >> 20,
                    runs - alive,
                    runs);
            assertThat(alive).isZero();
        } finally {
            System.clearProperty("truth.millis");
            System.clearProperty("truth.url");
        }
    }

    /** In a frame of its own, so that nothing of the run is on the caller's stack. */
    private WeakReference<ClassLoader> run(int number) throws IOException, ClassNotFoundException {
        URL classes = ShopSimulation.class.getProtectionDomain().getCodeSource().getLocation();
        try (OwnCopy loader = new OwnCopy(classes)) {
            Class<? extends Simulation> own =
                    loader.loadClass(ShopSimulation.class.getName()).asSubclass(Simulation.class);
            assertThat(own).isNotSameAs(ShopSimulation.class);
            RunResult result = Onrush.run(
                    own,
                    RunOptions.defaults()
                            .results(results.resolve("run" + number))
                            .quiet());
            assertThat(result.exitCode()).as(result.toString()).isZero();
            assertThat(result.statistics().orElseThrow().total().ok()).isPositive();
            assertThat(result.statistics().orElseThrow().stepFailures()).isNotEmpty();
            return new WeakReference<>(loader);
        }
    }

    private static long stillLoaded(List<WeakReference<ClassLoader>> loaders) {
        long alive = loaders.size();
        for (int i = 0; i < 10 && alive > 0; i++) {
            System.gc();
            alive = loaders.stream().filter(loader -> loader.get() != null).count();
        }
        return alive;
    }
}
