package dev.onrush.report.internal.findings;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.report.compare.Difference;
import dev.onrush.report.compare.Figure;
import dev.onrush.report.compare.Judgement;
import dev.onrush.report.compare.RequestComparison;
import dev.onrush.report.internal.text.Printed;

/** The compared figures as the page shows them: a matrix of requests and figures, and a table with a row for each difference. */
final class ComparisonTable {
    private ComparisonTable() {}

    static List<ComparisonModel.Line> lines(ComparisonFindings findings) {
        List<ComparisonModel.Line> lines = new ArrayList<>();
        for (RequestComparison request : findings.compared().requests()) {
            lines.add(new ComparisonModel.Line(
                    lines.size(),
                    findings.label(request.name()),
                    Printed.count(request.baselineCount()) + " → " + Printed.count(request.candidateCount()),
                    Printed.perSecond(request.baselineThroughput()) + " → "
                            + Printed.perSecond(request.candidateThroughput()),
                    request.differences().stream().map(ComparisonTable::cell).toList()));
        }
        return lines;
    }

    static List<ComparisonModel.Row> rows(ComparisonFindings findings) {
        List<RequestComparison> requests = findings.compared().requests();
        List<ComparisonModel.Row> rows = new ArrayList<>();
        for (int at = 0; at < requests.size(); at++) {
            String name = findings.label(requests.get(at).name());
            for (Difference difference : requests.get(at).differences()) {
                rows.add(row(at, name, difference));
            }
        }
        return rows;
    }

    private static ComparisonModel.Cell cell(Difference difference) {
        Judgement judgement = difference.judgement();
        return new ComparisonModel.Cell(
                tone(judgement),
                DifferenceWords.signed(difference.figure(), difference.difference())
                        .replace(" points", ""),
                judgement.words());
    }

    private static String tone(Judgement judgement) {
        return switch (judgement) {
            case BETTER -> "better";
            case WORSE -> "worse";
            case EQUAL -> "equal";
            case NOT_SHOWN -> "unshown";
            case TOO_FEW -> "toofew";
        };
    }

    private static ComparisonModel.Row row(int at, String name, Difference difference) {
        Figure figure = difference.figure();
        List<@Nullable Double> order = new ArrayList<>();
        order.add((double) at);
        order.add((double) figure.ordinal());
        order.add(difference.baseline());
        order.add(difference.candidate());
        order.add(difference.difference());
        order.add(difference.lower());
        order.add((double) rank(difference.judgement()));
        order.add(difference.smallestShift());
        return new ComparisonModel.Row(
                at,
                name,
                figure.label(),
                DifferenceWords.value(figure, difference.baseline()),
                DifferenceWords.value(figure, difference.candidate()),
                DifferenceWords.signed(figure, difference.difference()),
                difference.lower() == null
                        ? Printed.NOTHING
                        : DifferenceWords.signed(figure, difference.lower()) + " to "
                                + DifferenceWords.signed(figure, difference.upper()),
                difference.judgement().words(),
                tone(difference.judgement()),
                DifferenceWords.signless(figure, difference.smallestShift()),
                order);
    }

    /** Worse first. */
    private static int rank(Judgement judgement) {
        return switch (judgement) {
            case WORSE -> 4;
            case BETTER -> 3;
            case NOT_SHOWN -> 2;
            case EQUAL -> 1;
            case TOO_FEW -> 0;
        };
    }
}
