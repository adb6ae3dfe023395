package dev.onrush.core.setting;

import java.util.Locale;

/**
 * Everything that can be set from outside a simulation. Each is a system property {@code onrush.<key>}, an environment
 * variable {@code ONRUSH_<KEY>}, and a key of {@code onrush.properties}.
 */
public enum Setting {
    IO_THREADS(
            "io.threads",
            SettingType.NUMBER,
            "0",
            "I/O threads; 0: one less than the cores, at least 2; 1 on a single core"),
    LOOP_THREADS(
            "loop.threads",
            SettingType.NUMBER,
            "0",
            "event loops that start and wake users; 0: as many as I/O threads"),
    TIMER_TICK(
            "timer.tick", SettingType.DURATION, "1ms", "the grain of timers: what is due within a tick goes together"),
    GRACE("grace", SettingType.DURATION, "10s", "how long users may go on after the run was interrupted"),
    NAMES_LIMIT(
            "names.limit",
            SettingType.NUMBER,
            "5000",
            "request names kept apart; what comes after is folded into \"other\""),
    LOG_BUFFER_MIB("log.bufferMib", SettingType.NUMBER, "64", "memory for records the log has not written yet"),
    LOG_REQUIRED(
            "log.required",
            SettingType.FLAG,
            "true",
            "whether the run stops when its log cannot be written any more; false: it goes on, and the report ends there"),
    FEEDER_CHARSET("feeder.charset", SettingType.TEXT, "UTF-8", "encoding of feeder files"),
    FEEDER_LARGE_FILE_MIB(
            "feeder.largeFileMib", SettingType.NUMBER, "100", "a feeder file above this is read as it goes"),
    FILES_ROOT(
            "files.root",
            SettingType.TEXT,
            "",
            "folder in which files must lie whose path comes from an expression; empty: the working folder"),
    BODY_CACHE("body.cache", SettingType.NUMBER, "200", "body files whose contents are kept"),
    BODY_BLOCKING_KIB(
            "body.blockingKib",
            SettingType.NUMBER,
            "64",
            "a response body above this is decoded and checked on a blocking thread"),
    HEAD_MAX_KIB("head.maxKib", SettingType.NUMBER, "256", "a response with a larger head is refused"),
    HEAD_MAX_LINE_KIB(
            "head.maxLineKib", SettingType.NUMBER, "32", "a response with a longer line in its head is refused"),
    HEAD_MAX_LINES("head.maxLines", SettingType.NUMBER, "1000", "a response with more headers is refused"),
    CHECK_TIMEOUT(
            "check.timeout",
            SettingType.DURATION,
            "100ms",
            "time one regular expression or CSS selector may take on one body"),
    PERCENTILE_1("report.percentile1", SettingType.PERCENTILE, "50", "the first of the report's percentiles"),
    PERCENTILE_2("report.percentile2", SettingType.PERCENTILE, "75", "the second of the report's percentiles"),
    PERCENTILE_3("report.percentile3", SettingType.PERCENTILE, "95", "the third of the report's percentiles"),
    PERCENTILE_4("report.percentile4", SettingType.PERCENTILE, "99", "the fourth of the report's percentiles"),
    REPORT_FILES(
            "report.files",
            SettingType.REPORT_FILES,
            "all",
            "which files a report consists of; summary.json is written at the end of a run in any case"),
    GROUP_DURATION(
            "assertion.groupDuration",
            SettingType.FLAG,
            "false",
            "assertions on groups use the duration instead of cumulated response times"),
    MAX_RATE("maxRate", SettingType.RATE, "0", "no profile may ask for more new users per second; 0: no limit"),
    MAX_USERS(
            "maxUsers",
            SettingType.NUMBER,
            "0",
            "no population has more users at once; with its own maxUsers, the lower counts; 0: no limit"),
    MAX_DURATION(
            "maxDuration",
            SettingType.DURATION,
            "0s",
            "the run stops then; with the simulation's own maxDuration, the shorter counts; 0s: no limit"),
    THROTTLE_QUEUE(
            "throttle.queue",
            SettingType.NUMBER,
            "100000",
            "requests that may wait for a slot of a throttle; one more fails as throttle.queue_full"),
    KILL_FILE(
            "killFile",
            SettingType.TEXT,
            "",
            "a file whose appearance stops the run as a first Ctrl-C does, within a second; empty: none"),
    ALLOW_TARGETS("allowTargets", SettingType.TEXT, "", "hosts that may be connected to, comma-separated; empty: all"),
    CONNECT_BASELINE(
            "connect.baseline",
            SettingType.NUMBER,
            "3",
            "connections made to each base URL before the run and closed at once, to know what connecting takes without load; 0: none"),
    HTTP_CLOSE_WITH_RESET(
            "http.closeWithReset",
            SettingType.FLAG,
            "false",
            "connections are closed with a reset, so that their local port is free at once"),
    HTTP_CACHE(
            "http.cache",
            SettingType.NUMBER,
            "200",
            "answers that the HTTP cache of each user remembers; 0: nothing is cached"),
    DNS_TTL(
            "dns.ttl",
            SettingType.DURATION,
            "30s",
            "how long the addresses of a host are used before its name is looked up again"),
    SEED(
            "seed",
            SettingType.SEED,
            "",
            "one seed for everything random in the run; empty: that of the simulation, else a random one"),
    SEGMENT(
            "segment",
            SettingType.SEGMENT,
            "0/1",
            "which part of a run that is split over several generators this one has; 0/1: all of it"),
    RESULTS(
            "results",
            SettingType.TEXT,
            "",
            "folder for the results; empty: target/onrush in a Maven project, else onrush");

    private final String key;
    private final SettingType type;
    private final String defaultText;
    private final String description;

    Setting(String key, SettingType type, String defaultText, String description) {
        this.key = key;
        this.type = type;
        this.defaultText = defaultText;
        this.description = description;
    }

    /** As in a properties file, without {@code onrush.}. */
    public String key() {
        return key;
    }

    public String defaultText() {
        return defaultText;
    }

    public String description() {
        return description;
    }

    SettingType type() {
        return type;
    }

    /** As a system property, as in {@code onrush.names.limit}. */
    public String systemProperty() {
        return "onrush." + key;
    }

    /** As an environment variable, as in {@code ONRUSH_NAMES_LIMIT}. */
    public String environmentVariable() {
        String words = key.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2");
        return "ONRUSH_" + words.toUpperCase(Locale.ROOT);
    }
}
