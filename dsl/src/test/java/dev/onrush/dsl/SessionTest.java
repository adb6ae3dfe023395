package dev.onrush.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.onrush.core.session.UnresolvedException;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.session.UserSession;

class SessionTest {
    private final Session session = Bridge.session(UserSession.of(new UserIdentity(7, "shop", 42)))
            .set("n", 5)
            .set("text", "12")
            .set("half", 0.5)
            .set("yes", "true")
            .set("none", null)
            .set("l", List.of("a", "b", "a"))
            .set("m", Map.of("k", "v"))
            .set("array", new int[] {1, 2});

    @Test
    void givesAttributesAsTheTypeOnTheLeft() {
        int n = session.getInt("n");
        List<String> l = session.getList("l");
        Integer untyped = session.get("n");
        long id = session.userId();
        Map<String, String> m = session.getMap("m");

        assertThat(n).isEqualTo(5);
        assertThat(l).containsExactly("a", "b", "a");
        assertThat(untyped).isEqualTo(5);
        assertThat(id).isEqualTo(7);
        assertThat(m).containsEntry("k", "v");
        assertThat(session.<String>get("nobody")).isNull();
    }

    @Test
    void parsesText() {
        assertThat(session.getInt("text")).isEqualTo(12);
        assertThat(session.getLong("text")).isEqualTo(12L);
        assertThat(session.getDouble("text")).isEqualTo(12.0);
        assertThat(session.getDouble("half")).isEqualTo(0.5);
        assertThat(session.getBoolean("yes")).isTrue();
        assertThat(session.getString("n")).isEqualTo("5");
        assertThat(session.getString("nobody")).isNull();
        assertThat(session.getIntegerWrapper("text")).isEqualTo(12);
        assertThat(session.getLongWrapper("n")).isEqualTo(5L);
        assertThat(session.getDoubleWrapper("half")).isEqualTo(0.5);
        assertThat(session.getBooleanWrapper("yes")).isTrue();
        assertThat(session.getIntegerWrapper("nobody")).isNull();
        assertThat(session.getLongWrapper("none")).isNull();
        assertThat(session.getDoubleWrapper("nobody")).isNull();
        assertThat(session.getBooleanWrapper("nobody")).isNull();
    }

    @Test
    void namesTheAttributeThatIsMissingOrDoesNotFit() {
        assertThatThrownBy(() -> session.getInt("nobody"))
                .isInstanceOf(UnresolvedException.class)
                .hasMessage(
                        "attribute \"nobody\" is missing. A feeder, saveAs or a session function must set it before.");
        assertThatThrownBy(() -> session.getLong("yes"))
                .hasMessage("attribute \"yes\": a whole number is wanted, but the value is \"true\".");
        assertThatThrownBy(() -> session.getBoolean("n"))
                .hasMessage("attribute \"n\": true or false is wanted, but the value is \"5\".");
        assertThatThrownBy(() -> session.getList("n"))
                .hasMessage("attribute \"n\": a list is wanted, but the value is \"5\".");
    }

    @Test
    void givesEmptyCollectionsForWhatIsMissing() {
        assertThat(session.getList("nobody")).isEmpty();
        assertThat(session.getSet("nobody")).isEmpty();
        assertThat(session.getMap("nobody")).isEmpty();
        assertThat(session.<Integer>getList("array")).containsExactly(1, 2);
        assertThat(session.<String>getSet("l")).isEqualTo(Set.of("a", "b"));
    }

    @Test
    void isChangedOnlyInWhatItReturns() {
        Session changed = session.set("n", 6)
                .setAll(Map.of("a", 1, "b", 2))
                .removeAll("l", "m")
                .remove("text");

        assertThat(session.getInt("n")).isEqualTo(5);
        assertThat(changed.getInt("n")).isEqualTo(6);
        assertThat(changed.contains("a")).isTrue();
        assertThat(changed.contains("l")).isFalse();
        assertThat(changed.contains("none")).isTrue();
        assertThat(changed.reset().contains("n")).isFalse();
        assertThat(changed.markAsFailed().isFailed()).isTrue();
        assertThat(changed.isFailed()).isFalse();
        assertThat(changed.markAsFailed().markAsSucceeded().isFailed()).isFalse();
        assertThat(changed.scenario()).isEqualTo("shop");
        assertThat(changed.groups()).isEmpty();
    }
}
