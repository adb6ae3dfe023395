package dev.onrush.dsl;

import static dev.onrush.dsl.CoreDsl.arrayFeeder;
import static dev.onrush.dsl.CoreDsl.csv;
import static dev.onrush.dsl.CoreDsl.listFeeder;
import static dev.onrush.dsl.CoreDsl.separatedValues;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.feeder.Feeder;
import dev.onrush.core.session.UserIdentity;

class FeederBuilderTest {
    @TempDir
    Path folder;

    @Test
    void readsAndTransforms() throws IOException {
        Path file = Files.writeString(folder.resolve("rows.csv"), "sku\na1\nb22\n");
        FeederBuilder.FileBased<String> rows = csv(file.toString()).circular();
        FeederBuilder<Object> lengths = rows.transform((k, v) -> v.length());
        FeederBuilder<String> once = csv(file.toString()).queue().stopUserWhenEmpty();

        assertThat(rows.readRecords()).isEqualTo(List.of(Map.of("sku", "a1"), Map.of("sku", "b22")));
        assertThat(lengths.readRecords()).isEqualTo(List.of(Map.of("sku", 2), Map.of("sku", 3)));
        assertThat(lengths.recordsCount()).isEqualTo(2);
        assertThat(Bridge.feeder(once).stopsUserWhenEmpty()).isTrue();
        assertThat(separatedValues(file.toString(), '#').recordsCount()).isEqualTo(2);
    }

    @Test
    @SuppressWarnings("unchecked") // a raw array, as authors write it
    void takesRecordsTheAuthorWroteDown() {
        UserIdentity user = new UserIdentity(1, "shop", 42);
        Feeder array = Bridge.feeder(arrayFeeder(new Map[] {Map.of("sku", "a1")}));
        Feeder list = Bridge.feeder(listFeeder(List.of(Map.of("sku", "a1"))).random());
        array.open();
        list.open();

        assertThat(array.next(user)).isEqualTo(Map.of("sku", "a1"));
        assertThat(array.next(user)).isNull();
        assertThat(list.next(user)).isEqualTo(Map.of("sku", "a1"));
        assertThat(list.next(user)).isNotNull();
    }

    @Test
    void isOneCursorPerValue() {
        UserIdentity user = new UserIdentity(1, "shop", 42);
        FeederBuilder<Object> queue = listFeeder(List.of(Map.of("n", 1), Map.of("n", 2)));
        FeederBuilder<Object> other = queue.queue();

        assertThat(Bridge.feeder(queue)).isSameAs(Bridge.feeder(queue)).isNotSameAs(Bridge.feeder(other));
        Bridge.feeder(queue).open();
        Bridge.feeder(other).open();
        Bridge.feeder(queue).next(user);
        assertThat(Bridge.feeder(other).next(user)).isEqualTo(Map.of("n", 1));
    }
}
