package dev.onrush.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserSessionTest {
    private record Counted(Block outer, String group, Set<String> ownAttributes) implements Block {}

    private final UserSession fresh = UserSession.of(new UserIdentity(1, "shop", 42));

    @Test
    void givesANewSessionForEachChange() {
        UserSession changed = fresh.set("a", 1).set("a", 2).set("b", null);

        assertThat(fresh.attributes()).isEmpty();
        assertThat(changed.get("a")).isEqualTo(2);
        assertThat(changed.get("b")).isNull();
        assertThat(changed.contains("b")).isTrue();
        assertThat(changed.contains("c")).isFalse();
        assertThat(changed.remove("a").attributes()).containsOnlyKeys("b");
        assertThat(changed.remove("zzz")).isSameAs(changed);
    }

    @Test
    void keepsLoopCountersOnReset() {
        Block loop = new Counted(null, null, Set.of("turn"));
        Block group = new Counted(loop, "basket", Set.of());
        UserSession inside = fresh.set("a", 1).set("turn", 3).failed(true).inBlock(group);

        UserSession reset = inside.reset();

        assertThat(reset.attributes()).containsExactly(Map.entry("turn", 3));
        assertThat(reset.isFailed()).isTrue();
        assertThat(reset.groups()).isEqualTo(List.of("basket"));
    }

    @Test
    void knowsWhetherItWasMarkedFailedSince() {
        UserSession failed = fresh.failed(true);

        assertThat(failed.isFailed()).isTrue();
        assertThat(failed.hasFailedSince(fresh.status())).isTrue();
        assertThat(failed.hasFailedSince(failed.status())).isFalse();
        assertThat(failed.failed(true).hasFailedSince(failed.status())).isTrue();
        assertThat(failed.failed(false).isFailed()).isFalse();
        assertThat(failed.failed(false).hasFailedSince(failed.status())).isFalse();
        assertThat(failed.failed(false).set("a", 1).hasFailedSince(fresh.status()))
                .isTrue();
        assertThat(failed.status(fresh.status()).isFailed()).isFalse();
        assertThat(failed.status(fresh.status()).hasFailedSince(fresh.status())).isFalse();
        assertThat(fresh.failed(false)).isSameAs(fresh);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void behavesLikeAMap(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Object> model = new LinkedHashMap<>();
        UserSession session = fresh;

        for (int step = 0; step < 2000; step++) {
            String key = "k" + (2 + random.nextInt(30));
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    session = session.set(key, step);
                    model.put(key, step);
                }
                case 2 -> {
                    session = session.remove(key);
                    model.remove(key);
                }
                default -> {
                    Map<String, Object> many = Map.of(key, step, "k1", -step, "x" + random.nextInt(5), 0);
                    if (random.nextInt(5) == 0) {
                        session = session.setAll(many);
                        model.putAll(many);
                    }
                }
            }
            assertThat(session.attributes()).as("seed %d, step %d", seed, step).isEqualTo(model);
        }
    }

    @Test
    void sharesNamesBetweenUsers() {
        long before = shapes();
        for (int user = 0; user < 10_000; user++) {
            UserSession.of(new UserIdentity(user, "shop", 1)).set("shared1", 1).set("shared2", 2);
        }

        assertThat(shapes() - before).isEqualTo(2);
    }

    private static long shapes() {
        return Shape.shared();
    }
}
