package dev.onrush.report.internal.page;

import java.util.ArrayList;
import java.util.List;

import dev.onrush.core.health.Circumstances;
import dev.onrush.core.measure.GeneratorStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.UserCounts;
import dev.onrush.report.internal.model.HeaderTexts;
import dev.onrush.report.internal.model.TimeFigure;
import dev.onrush.report.internal.text.Printed;
import dev.onrush.report.outcome.RunFacts;

/** The generator's own figures, as every report shows them on its first screen. */
final class HonestyBlock {
    private HonestyBlock() {}

    static List<PageModel.Fact> of(RunStatistics statistics) {
        UserCounts users = statistics.users();
        GeneratorStatistics generator = statistics.generator();
        List<PageModel.Fact> facts = new ArrayList<>();
        facts.add(Facts.number("scheduled", "Users scheduled", users.scheduled()));
        facts.add(Facts.number("started", "Users started", users.started()));
        facts.add(Facts.number("dropped", "Users dropped", users.droppedTotal()));
        facts.add(Facts.number("finished", "Users finished", users.finished()));
        facts.add(Facts.number("unfinished", "Users unfinished", users.unfinished()));
        facts.add(Facts.time("start-delay-max", "Start delay max, whole run", TimeFigure.MAX, generator.startDelay()));
        facts.add(Facts.time("start-delay-p99", "Start delay p99, whole run", TimeFigure.P99, generator.startDelay()));
        facts.add(Facts.number("stalls", "Generator stalls", generator.stalls()));
        facts.add(Facts.millis("stall-millis", "Stalled, in total", generator.stallMillis()));
        facts.add(Facts.millis("gc-millis", "Garbage collection", generator.gcPauseMillis()));
        facts.add(Facts.percent("cpu-max", "CPU max, of one core", generator.cpuMaxPercent()));
        facts.add(Facts.percent("steal-max", "Steal max", generator.stealMaxPercent()));
        facts.add(Facts.number("log-records-lost", "Log records lost", generator.logRecordsLost()));
        facts.add(Facts.number("damaged-blocks", "Damaged blocks", generator.damagedBlocks()));
        facts.add(Facts.number("names-folded", "Names folded into other", generator.namesFolded()));
        facts.add(new PageModel.Fact("retries", "Retries", "off", "off"));
        facts.add(Facts.number("stale-retries", "Resent (stale connection)", generator.staleRetries()));
        facts.add(Facts.number("silent-requests", "Silent requests, in no statistic", generator.silentRequests()));
        String tls = generator.tlsVerification() ? "on" : "off";
        facts.add(new PageModel.Fact("tls-verification", "TLS verification", tls, tls));
        facts.add(
                new PageModel.Fact("percentile-method", "Percentiles", "nearest-rank-hdr-3", "nearest rank, 3 digits"));
        facts.add(Facts.number("clock-jumps", "Clock jumps seen", generator.clockJumps()));
        Circumstances known = generator.circumstances();
        facts.add(Facts.of("local-ports", "Local ports, sockets at most", known.localPortsMax(), known.localPorts()));
        facts.add(Facts.of("open-files", "Files open at most", known.openFilesMax(), known.openFilesLimit()));
        facts.add(
                known.logQueuedMaxBytes() < 0
                        ? Facts.unknown("log-queue", "Log queue at most")
                        : new PageModel.Fact(
                                "log-queue",
                                "Log queue at most",
                                "" + known.logQueuedMaxBytes(),
                                Printed.count(known.logQueuedMaxBytes() >> 10) + " KiB"));
        HeaderTexts.of(statistics.run().header(), RunFacts.CONNECT_PREFIX)
                .forEach((target, words) -> facts.add(
                        new PageModel.Fact("connect", "Connecting before the run", target, target + ": " + words)));
        return facts;
    }
}
