package dev.onrush.core.feeder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

class RecordFeederTest {
    @TempDir
    Path folder;

    private final UserIdentity user = new UserIdentity(1, "shop", 42);

    private static RecordFeeder numbers(int count) {
        List<Map<String, Object>> records = IntStream.range(0, count)
                .mapToObj(i -> Map.<String, Object>of("n", i))
                .toList();
        return new RecordFeeder(new ListedRecords("numbers", records));
    }

    private RecordFeeder file(int count) throws IOException {
        Path file = folder.resolve("numbers.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("n\n");
            for (int i = 0; i < count; i++) {
                out.write(i + "\n");
            }
        }
        return new RecordFeeder(new SeparatedValues(file.toString(), ',', '"'));
    }

    private static Settings readingAsItGoes() {
        return Settings.of(Map.of(Setting.FEEDER_LARGE_FILE_MIB, "0"));
    }

    private List<Integer> drawn(Feeder feeder, int most) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            Map<String, Object> record = feeder.next(user);
            if (record == null) {
                break;
            }
            all.add(Integer.valueOf(record.get("n").toString()));
        }
        return all;
    }

    private static Settings part(int index, int of, String largeFileMib) {
        return Settings.of(Map.of(Setting.SEGMENT, index + "/" + of, Setting.FEEDER_LARGE_FILE_MIB, largeFileMib));
    }

    @ParameterizedTest
    @CsvSource({"100", "0"})
    void generatorsShareTheRecordsOfAFeederThatSaysSo(String largeFileMib) throws IOException {
        RecordFeeder queue = file(8).shared();
        RecordFeeder circular = file(8).shared().in(RecordOrder.CIRCULAR);
        queue.open(part(1, 3, largeFileMib), 1);
        circular.open(part(2, 3, largeFileMib), 1);

        assertThat(drawn(queue, 9)).containsExactly(1, 4, 7);
        assertThat(queue.readAll(part(1, 3, largeFileMib))).hasSize(8);
        assertThat(drawn(circular, 5)).containsExactly(2, 5, 2, 5, 2);

        List<Integer> together = new ArrayList<>();
        for (int index = 0; index < 3; index++) {
            RecordFeeder shuffle = file(100).in(RecordOrder.SHUFFLE).shared();
            shuffle.open(part(index, 3, largeFileMib), 1);
            together.addAll(drawn(shuffle, 100));
            shuffle.close();
        }
        assertThat(together)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).boxed().toList());

        RecordFeeder random = file(9).in(RecordOrder.RANDOM).shared();
        random.open(part(0, 3, largeFileMib), 1);
        assertThat(drawn(random, 200)).containsOnly(0, 3, 6);

        RecordFeeder unshared = file(4);
        unshared.open(part(1, 3, largeFileMib), 1);
        assertThat(drawn(unshared, 9)).containsExactly(0, 1, 2, 3);
        Stream.of(queue, circular, random, unshared).forEach(RecordFeeder::close);
    }

    @Test
    void aPartWithoutRecordsIsRefused() {
        RecordFeeder feeder = numbers(2).shared();

        assertThatThrownBy(() -> feeder.open(part(2, 3, "100"), 1))
                .hasMessage("numbers, part 2/3: there is no record in it. Add at least one.");
    }

    @Test
    void givesRecordsInTheOrderAskedFor() {
        RecordFeeder queue = numbers(5);
        RecordFeeder shuffle = numbers(50).in(RecordOrder.SHUFFLE);
        RecordFeeder circular = numbers(3).in(RecordOrder.CIRCULAR);
        RecordFeeder random = numbers(3).in(RecordOrder.RANDOM);
        Stream.of(queue, shuffle, circular, random).forEach(feeder -> feeder.open(Settings.defaults(), 7));

        assertThat(drawn(queue, 9)).containsExactly(0, 1, 2, 3, 4);
        assertThat(drawn(circular, 7)).containsExactly(0, 1, 2, 0, 1, 2, 0);
        assertThat(drawn(random, 200)).hasSize(200).contains(0, 1, 2);
        List<Integer> shuffled = drawn(shuffle, 99);
        assertThat(shuffled).hasSize(50).doesNotHaveDuplicates();
        assertThat(shuffled.get(0) == 0 && shuffled.get(1) == 1 && shuffled.get(2) == 2)
                .isFalse();
    }

    @Test
    void shufflesBySeedAndDrawsByUser() {
        RecordFeeder shuffle = numbers(50).in(RecordOrder.SHUFFLE);
        shuffle.open(Settings.defaults(), 7);
        List<Integer> once = drawn(shuffle, 50);
        shuffle.open(Settings.defaults(), 7);
        List<Integer> again = drawn(shuffle, 50);
        shuffle.open(Settings.defaults(), 8);
        List<Integer> other = drawn(shuffle, 50);

        assertThat(again).isEqualTo(once);
        assertThat(other).isNotEqualTo(once);

        RecordFeeder random = numbers(1000).in(RecordOrder.RANDOM);
        random.open(Settings.defaults(), 7);
        Object first = random.next(new UserIdentity(5, "shop", 42)).get("n");
        drawn(random, 17);
        assertThat(random.next(new UserIdentity(5, "shop", 42)).get("n")).isEqualTo(first);
    }

    @Test
    void beginsAfreshWhenItIsOpenedAgain() {
        RecordFeeder feeder = numbers(3);
        feeder.open();
        drawn(feeder, 2);
        feeder.open();

        assertThat(drawn(feeder, 9)).containsExactly(0, 1, 2);
        feeder.close();
        assertThatThrownBy(() -> feeder.next(user)).hasMessage("feeder numbers was not opened before the run");
    }

    @Test
    void isAValueOfItsOwnForEachVariation() {
        RecordFeeder queue = numbers(3);
        RecordFeeder other = queue.in(RecordOrder.QUEUE).stoppingUserWhenEmpty();
        queue.open();
        other.open();
        drawn(queue, 2);

        assertThat(drawn(other, 9)).containsExactly(0, 1, 2);
        assertThat(other.stopsUserWhenEmpty()).isTrue();
        assertThat(queue.stopsUserWhenEmpty()).isFalse();
    }

    @Test
    void transformsValuesAsTheyAreGivenOut() {
        RecordFeeder feeder =
                numbers(2).transformed((key, value) -> key + value).transformed((key, value) -> value + "!");
        feeder.open();

        assertThat(feeder.next(user)).isEqualTo(Map.of("n", "n0!"));
        assertThat(feeder.readAll(Settings.defaults())).isEqualTo(List.of(Map.of("n", "n0!"), Map.of("n", "n1!")));
    }

    @Test
    void refusesRecordsThatAreNone() {
        List<Map<String, Object>> withNull = new ArrayList<>();
        withNull.add(null);

        assertThatThrownBy(() -> numbers(0).open()).hasMessage("numbers: there is no record in it. Add at least one.");
        assertThatThrownBy(() -> new ListedRecords("list", withNull)).hasMessage("list: record 0 is null. Remove it.");
    }

    @ParameterizedTest
    @CsvSource({"QUEUE, memory", "SHUFFLE, memory", "QUEUE, file", "SHUFFLE, file"})
    void givesEachRecordToExactlyOneOfEightThreads(RecordOrder order, String from) throws Exception {
        boolean memory = from.equals("memory");
        int count = memory ? 1_000_000 : 200_000;
        RecordFeeder feeder = (memory ? numbers(count) : file(count)).in(order);
        feeder.open(memory ? Settings.defaults() : readingAsItGoes(), 42);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<BitSet>> drawers = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            UserIdentity mine = new UserIdentity(thread + 1, "shop", 42);
            drawers.add(() -> {
                BitSet seen = new BitSet(count);
                for (Map<String, Object> record = feeder.next(mine); record != null; record = feeder.next(mine)) {
                    int n = Integer.parseInt(record.get("n").toString());
                    if (seen.get(n)) {
                        throw new AssertionError("record " + n + " came twice");
                    }
                    seen.set(n);
                }
                return seen;
            });
        }

        BitSet all = new BitSet(count);
        int given = 0;
        for (Future<BitSet> seen : threads.invokeAll(drawers)) {
            given += seen.get().cardinality();
            all.or(seen.get());
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        System.out.println("FIGURE G26 8 threads, " + order + " of " + count + " records in " + from + ": duplicates "
                + (given - all.cardinality()) + ", missing " + (count - all.cardinality()));
        assertThat(given).isEqualTo(count);
        assertThat(all.cardinality()).isEqualTo(count);
        assertThat(feeder.remarks()).noneMatch(remark -> remark.contains("no record left"));
        feeder.close();
    }

    @Test
    void tellsForHowManyUsersNothingWasLeft() {
        RecordFeeder stopping = numbers(3).stoppingUserWhenEmpty();
        stopping.open();
        drawn(stopping, 9);
        stopping.next(user);

        assertThat(stopping.remarks()).containsExactly("numbers: had no record left for 2 users, who ended there.");
        stopping.open();
        assertThat(stopping.remarks()).isEmpty();
    }

    @Test
    void readsALargeFileAsItGoes() throws IOException {
        int count = 5000;
        Set<Integer> all = new HashSet<>(IntStream.range(0, count).boxed().toList());
        RecordFeeder queue = file(count);
        RecordFeeder circular = queue.in(RecordOrder.CIRCULAR);
        RecordFeeder shuffle = queue.in(RecordOrder.SHUFFLE);
        RecordFeeder random = queue.in(RecordOrder.RANDOM);
        Stream.of(queue, circular, shuffle, random).forEach(feeder -> feeder.open(readingAsItGoes(), 42));

        assertThat(drawn(queue, 9999)).hasSize(count).startsWith(0, 1, 2).endsWith(4999);
        assertThat(drawn(circular, 5002)).endsWith(4999, 0, 1);
        List<Integer> shuffled = drawn(shuffle, 9999);
        assertThat(shuffled).hasSize(count);
        assertThat(new HashSet<>(shuffled)).isEqualTo(all);
        assertThat(shuffled.subList(0, 5)).isNotEqualTo(List.of(0, 1, 2, 3, 4));
        assertThat(drawn(random, 20_000)).hasSize(20_000);
        assertThat(shuffle.attributes()).contains(Set.of("n"));
        assertThat(shuffle.remarks())
                .singleElement()
                .asString()
                .endsWith("numbers.csv: was read as it goes; its records were mixed in a window of 2000.");
        Stream.of(queue, circular, shuffle, random).forEach(RecordFeeder::close);
    }

    @Test
    void findsABadRecordOfALargeFileWhenItIsReached() throws IOException {
        Path file = folder.resolve("bad.csv");
        Files.writeString(file, "a,b\n" + "1,2\n".repeat(3000) + "3\n");
        RecordFeeder feeder = new RecordFeeder(new SeparatedValues(file.toString(), ',', '"'));
        feeder.open(readingAsItGoes(), 42);
        for (int i = 0; i < 3000; i++) {
            feeder.next(user);
        }

        assertThatThrownBy(() -> feeder.next(user))
                .isInstanceOf(BadRecordException.class)
                .hasMessage(file + ", line 3002: 2 columns expected (a, b), 1 found. "
                        + "Quote the value if it contains the separator.");
        feeder.close();
    }

    @Test
    void readsJsonAndLeavesOutWhatIsNoObject() throws IOException {
        Path array = folder.resolve("a.json");
        Files.writeString(
                array, "[{\"n\": 1, \"l\": [1, {\"x\": null}]}, 5, \"x\", [1], null, {\"n\": 2, \"m\": true}]");
        Path lines = folder.resolve("a.jsonl");
        Files.writeString(lines, "\uFEFF{\"n\": 1}\n\n7\n  {\"n\": 2}  \r\n");
        RecordFeeder fromArray = new RecordFeeder(JsonRecords.array(array.toString()));
        RecordFeeder fromLines = new RecordFeeder(JsonRecords.lines(lines.toString()));
        fromArray.open();
        fromLines.open();

        assertThat(drawn(fromArray, 9)).containsExactly(1, 2);
        assertThat(fromArray.attributes()).contains(Set.of("n", "l", "m"));
        assertThat(fromArray.remarks()).containsExactly(array + ": 4 elements that are no JSON objects were left out.");
        assertThat(drawn(fromLines, 9)).containsExactly(1, 2);
        assertThat(fromLines.remarks()).containsExactly(lines + ": 1 elements that are no JSON objects were left out.");
    }

    @Test
    void readsJsonLinesOfEveryKindAndRefusesOneWithoutEnd() throws IOException {
        Path file = folder.resolve("c.jsonl");
        RecordFeeder lines = new RecordFeeder(JsonRecords.lines(file.toString()));

        Files.writeString(file, "{\"n\": 1}\r\n{\"n\": 2}\r{\"n\": 3}\n\n\r{\"n\": 4}");
        lines.open();
        assertThat(drawn(lines, 9)).containsExactly(1, 2, 3, 4);

        Files.writeString(file, "{\"n\": 1}\r\n\r\n{\"n\": \"" + "x".repeat(17 << 20));
        assertThatThrownBy(lines::open)
                .isInstanceOf(DefinitionException.class)
                .hasMessage(file + ", line 3: is longer than 16777216 characters. Write one object per line.");

        Files.write(file, "{\"n\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(lines::open)
                .isInstanceOf(DefinitionException.class)
                .hasMessage(file + ": there are bytes that are not UTF-8. Save the file as UTF-8, or name its charset"
                        + " in the setting feeder.charset.");
    }

    @Test
    void refusesBadJsonWithItsLine() throws IOException {
        Path array = folder.resolve("b.json");
        Path lines = folder.resolve("b.jsonl");
        RecordFeeder fromArray = new RecordFeeder(JsonRecords.array(array.toString()));
        RecordFeeder fromLines = new RecordFeeder(JsonRecords.lines(lines.toString()));

        Files.writeString(array, "{\"n\": 1}");
        assertThatThrownBy(fromArray::open)
                .isInstanceOf(DefinitionException.class)
                .hasMessage(array + ": an array of objects is expected. For one object per line use jsonlFile.");
        Files.writeString(array, "[{\"n\": 1},\n{\"n\": }]");
        assertThatThrownBy(fromArray::open)
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith(array + ", line 2: is not JSON (Unexpected character ('}'");
        Files.writeString(array, "");
        assertThatThrownBy(fromArray::open).isInstanceOf(DefinitionException.class);
        Files.writeString(array, "[{\"n\": 1}, {\"n\": 2");
        assertThatThrownBy(fromArray::open)
                .isInstanceOf(DefinitionException.class)
                .hasMessage(array + ", line 1: is not JSON (Unexpected end-of-input: expected close marker for Object)."
                        + " Correct the file.");
        Files.writeString(array, "[1, 2]");
        assertThatThrownBy(fromArray::open).hasMessage(array + ": there is no record in it. Add at least one.");
        Files.writeString(lines, "{\"n\": 1}\n{\"n\": 2} x\n{");
        assertThatThrownBy(fromLines::open)
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith(lines + ", line 2: is not JSON (");
    }

    @Test
    void asksAnAuthorsIteratorOnlyOnceARunBegins() {
        IteratorFeeder feeder = new IteratorFeeder(() -> IntStream.range(0, 2)
                .mapToObj(i -> Map.<String, Object>of("n", i))
                .iterator());
        IteratorFeeder nulls = new IteratorFeeder(() -> {
            List<Map<String, Object>> one = new ArrayList<>();
            one.add(null);
            return one.iterator();
        });
        IteratorFeeder none = new IteratorFeeder(() -> (Iterator<Map<String, Object>>) null);
        feeder.open();
        nulls.open();
        none.open();

        assertThat(drawn(feeder, 9)).containsExactly(0, 1);
        assertThatThrownBy(() -> nulls.next(user))
                .hasMessage("the feeder's iterator gave null. Return a map for every user.");
        assertThatThrownBy(() -> none.next(user)).hasMessage("the feeder's supplier gave null. Return an iterator.");
        feeder.open();
        assertThat(drawn(feeder, 9)).containsExactly(0, 1);
    }
}
