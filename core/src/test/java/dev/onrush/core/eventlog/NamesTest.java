package dev.onrush.core.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void givesOneNumberPerNameAndPlace() {
        Names names = Names.withLimit(10);
        int outer = names.group(Names.NO_GROUP, "checkout");
        int inner = names.group(outer, "pay");

        int here = names.request(inner, "post");
        int there = names.request(outer, "post");

        assertThat(here).isNotEqualTo(there).isEqualTo(names.request(inner, new String("post")));
        assertThat(names.groupPath(names.groupOfRequest(here))).containsExactly("checkout", "pay");
        assertThat(names.requestName(here)).isEqualTo("post");
        assertThat(names.groupPath(Names.NO_GROUP)).isEmpty();
    }

    @Test
    void foldsNamesBeyondTheLimitAndCountsThem() {
        Names names = Names.withLimit(5000);
        int known = names.request(Names.NO_GROUP, "home");
        for (int i = 0; i < 100_000; i++) {
            names.request(Names.NO_GROUP, "GET /items/" + i);
        }

        int folded = names.request(Names.NO_GROUP, "GET /items/99999");

        assertThat(names.requestName(folded)).isEqualTo(Names.OTHER);
        assertThat(names.request(Names.NO_GROUP, "home")).isEqualTo(known);
        assertThat(folded).isEqualTo(5000);
        assertThat(names.folded()).isBetween(88_000L, 95_001L);
    }

    @Test
    void namesTheFirstThatIsFoldedOnce() {
        Names names = Names.withLimit(2);
        List<String> told = new ArrayList<>();
        names.whenFolded(told::add);
        for (int i = 0; i < 5; i++) {
            names.request(Names.NO_GROUP, "GET /items/" + i);
        }

        assertThat(told)
                .containsExactly("request name \"GET /items/2\": more than 2 names; it and all new ones are counted as"
                        + " \"other\". Keep ids out of names: name requests by their pattern, such as"
                        + " \"GET /items/:id\".");
    }

    @Test
    void foldsMessagesOfErrorsButKeepsTheirClass() {
        Names names = Names.withLimit(3);
        for (int i = 0; i < 10; i++) {
            names.error(ErrorClass.CHECK_FAILED, "found " + i);
        }

        int folded = names.error(ErrorClass.USER_EXCEPTION, "found 11");

        assertThat(names.errorClass(folded)).isEqualTo(ErrorClass.USER_EXCEPTION);
        assertThat(names.errorMessage(folded)).isEqualTo(Names.OTHER);
    }

    @Test
    void cutsMessagesAt200Characters() {
        Names names = Names.withLimit(3);

        int error = names.error(ErrorClass.CHECK_FAILED, "x".repeat(300));

        assertThat(names.errorMessage(error)).isEqualTo("x".repeat(199) + "…");
        assertThat(names.error(ErrorClass.CHECK_FAILED, "x".repeat(300))).isEqualTo(error);
    }

    @Test
    void nestsGroupsOnlySoDeep() {
        Names names = Names.withLimit(1000);
        int group = Names.NO_GROUP;
        for (int i = 0; i < 150; i++) {
            group = names.group(group, "group " + i);
        }

        assertThat(names.groupPath(group)).hasSize(100).endsWith("group 99");
        assertThat(names.folded()).isEqualTo(50);
    }

    @Test
    void agreesAmongThreads() throws InterruptedException {
        Names names = Names.withLimit(5000);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 2000; i++) {
                    int number = names.request(Names.NO_GROUP, "request " + i);
                    seen.add(i + "=" + number + "=" + names.requestName(number));
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(seen)
                .hasSize(2000)
                .allMatch(line -> line.endsWith("=request " + line.substring(0, line.indexOf('='))));
    }

    @Test
    void refusesALimitBelowOne() {
        assertThatThrownBy(() -> Names.withLimit(0)).hasMessage("names.limit must be at least 1, was 0.");
    }
}
