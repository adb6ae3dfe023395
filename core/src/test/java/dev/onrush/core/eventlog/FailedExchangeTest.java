package dev.onrush.core.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.Secrets;
import dev.onrush.core.engine.KeptSamples;
import dev.onrush.core.measure.ExchangeSample;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;

class FailedExchangeTest {
    private static final Secrets SECRETS = Secrets.of(List.of("s3cret-value"));

    @TempDir
    Path folder;

    private final Names names = Names.withLimit(5000, SECRETS);

    private EventLog log(Path file) {
        RunHeader header = RunHeader.of("S", "runs with s3cret-value", new ManualClock().wallTime(), 1, "0.1.0");
        EventLog log = EventLog.create(
                file,
                header,
                names,
                new RunClock(new ManualClock()),
                EventLogOptions.DEFAULT.onCallersThread().withSecrets(SECRETS));
        log.start();
        return log;
    }

    private RequestSample ko(String name, String errorClass, String message) {
        RequestSample sample = new RequestSample();
        sample.userId = 7;
        sample.scenario = names.scenario("shop");
        sample.request = names.request(names.group(Names.NO_GROUP, "basket"), name);
        sample.outcome = RequestSample.KO;
        sample.error = names.error(errorClass, message);
        sample.status = 404;
        sample.endNanos = 5_000_000;
        return sample;
    }

    @Test
    void comesBackFromTheLogAsItWas() {
        Path file = folder.resolve("events.onrush");
        ExchangeText text = new ExchangeText(
                "POST",
                "http://host/a?b",
                "Host: host\nAccept: */*",
                "{\"ä\":1}",
                "HTTP/1.1 404 Not Found\nA: b",
                "no");
        try (Closing log = new Closing(log(file))) {
            log.recorder().failedExchange(ko("put", ErrorClass.CHECK_FAILED, "status was 404"), text);
        }

        RunStatistics statistics = RunStatistics.read(file, MeasureOptions.DEFAULT);

        assertThat(statistics.samples())
                .containsExactly(new ExchangeSample(
                        List.of("basket"), "put", ErrorClass.CHECK_FAILED, "status was 404", 7, 404, 5_000, text));
        assertThat(statistics.generator().logRecordsLost()).isZero();
        assertThat(statistics.total().total()).isZero();
    }

    @Test
    void keepsTwoKibibytesOfEachTextAndNoSecretWhereItIsCut() {
        Path file = folder.resolve("events.onrush");
        String body = "x".repeat(2035) + "s3cret-value" + "y".repeat(100);
        String wide = "界".repeat(3000);
        try (Closing log = new Closing(log(file))) {
            log.recorder()
                    .failedExchange(
                            ko("put", ErrorClass.CHECK_FAILED, "no"),
                            new ExchangeText("GET", wide, wide, body, wide, wide));
        }

        ExchangeText text = RunStatistics.read(file, MeasureOptions.DEFAULT)
                .samples()
                .get(0)
                .text();

        assertThat(text.requestBody()).isEqualTo("x".repeat(2035) + "***" + "y".repeat(7) + "…");
        assertThat(text.responseBody()).isEqualTo("界".repeat(681) + "…");
        assertThat(text.target().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(2048);
    }

    @Test
    void noTextOfALogHoldsASecret() throws IOException {
        Path file = folder.resolve("events.onrush");
        try (Closing log = new Closing(log(file))) {
            Recorder recorder = log.recorder();
            recorder.userStart(1, names.scenario("with s3cret-value"), 0, 0);
            recorder.request(ko("GET /?token=s3cret-value", ErrorClass.CHECK_FAILED, "found \"s3cret-value\""));
            recorder.stepFailure(1, 0, 0, names.error(ErrorClass.USER_EXCEPTION, "at http://me:s3cret-too@host/"));
            recorder.mark(MarkKind.NOTE, 0, "noted s3cret-value");
            recorder.failedExchange(
                    ko("put", ErrorClass.CHECK_FAILED, "no"),
                    new ExchangeText(
                            "GET",
                            "http://me:s3cret-too@host/?a=s3cret-value",
                            "Authorization: Basic s3cret-too\nX: s3cret-value",
                            "s3cret-value",
                            "HTTP/1.1 200\nSet-Cookie: s3cret-too",
                            "czNjcmV0LXZhbHVl"));
        }

        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);

        assertThat(bytes).doesNotContain("s3cret").doesNotContain("czNjcmV0");
        // the head stands twice, and the scenario in the last block as well
        assertThat(bytes.split("\\*\\*\\*", -1)).hasSize(1 + 2 + 2 + 1 + 1 + 1 + 1 + 7);
    }

    @Test
    void theFirstFiveOfEachNameAndErrorClassAreKept() {
        KeptSamples kept = new KeptSamples(names);
        List<Boolean> wanted = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            wanted.add(kept.wants(ko("put", ErrorClass.CHECK_FAILED, "found " + i)));
        }

        assertThat(wanted).containsExactly(true, true, true, true, true, false, false);
        assertThat(kept.wants(ko("put", ErrorClass.CONNECT_REFUSED, ""))).isTrue();
        assertThat(kept.wants(ko("get", ErrorClass.CHECK_FAILED, "found 1"))).isTrue();
    }

    @Test
    void nothingIsKeptOfWhatDidNotFail() {
        RequestSample ok = ko("put", ErrorClass.CHECK_FAILED, "");
        ok.outcome = RequestSample.OK;
        ok.error = RequestSample.NO_ERROR;

        assertThat(new KeptSamples(names).wants(ok)).isFalse();
    }

    @Test
    void aThousandAreKeptInAllAndTheLogSaysSo() {
        Path file = folder.resolve("events.onrush");
        KeptSamples kept = new KeptSamples(names);
        ExchangeText text = new ExchangeText("GET", "http://host/", "", "", "", "");
        try (Closing log = new Closing(log(file))) {
            for (int i = 0; i < 1002; i++) {
                kept.ended(
                        log.recorder(),
                        ko("put", ErrorClass.CHECK_FAILED, "no"),
                        text,
                        UserSession.NOBODY,
                        UserSession.NOBODY);
            }
        }

        RunStatistics statistics = RunStatistics.read(file, MeasureOptions.DEFAULT);

        assertThat(statistics.samples()).hasSize(1000);
        assertThat(statistics.timeline().marks())
                .extracting(mark -> mark.text())
                .containsExactly(
                        "1000 samples of failed exchanges are kept; of further kinds of failures there are none");
    }

    /** Closes a log whatever happens. */
    private record Closing(EventLog log, Recorder recorder) implements AutoCloseable {
        Closing(EventLog log) {
            this(log, log.recorder("io-0"));
        }

        @Override
        public void close() {
            log.close();
        }
    }
}
