package dev.onrush.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import dev.onrush.core.Segment;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.health.VerdictReason;
import dev.onrush.report.internal.log.GeneratorLogs;
import dev.onrush.report.internal.text.Printed;
import dev.onrush.report.outcome.GeneratorPart;

/** The verdict on several generators: the worst of theirs, and worse if one of them is not there. */
final class MergedVerdict {
    private MergedVerdict() {}

    /** @param lastSecond of the run */
    static Verdict of(List<GeneratorPart> generators, GeneratorLogs logs, long lastSecond) {
        List<VerdictReason> reasons = new ArrayList<>();
        if (!logs.missing().isEmpty()) {
            reasons.add(missing(logs, lastSecond));
        }
        for (GeneratorPart generator : generators) {
            for (VerdictReason reason : generator.verdict().reasons()) {
                reasons.add(new VerdictReason(
                        reason.level(),
                        generator.name() + ": " + reason.text(),
                        reason.fromSecond(),
                        reason.toSecond()));
            }
        }
        reasons.sort(Comparator.comparing(VerdictReason::level).reversed());
        VerdictLevel worst = generators.stream()
                .map(generator -> generator.verdict().level())
                .max(Comparator.naturalOrder())
                .orElse(VerdictLevel.TRUSTWORTHY);
        return new Verdict(logs.missing().isEmpty() ? worst : VerdictLevel.INCOMPLETE, reasons);
    }

    private static VerdictReason missing(GeneratorLogs logs, long lastSecond) {
        int more = logs.missingCount() - logs.missing().size();
        String segments = logs.missing().stream().map(Segment::toString).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + Printed.count(more) + " more" : "");
        return new VerdictReason(
                VerdictLevel.INCOMPLETE,
                (logs.missingCount() == 1 ? "Segment " : "Segments ") + segments
                        + " of the run: no log was named. Their users and requests are in no figure.",
                0,
                lastSecond);
    }
}
