package dev.onrush.report.internal.text;

import java.util.List;

/** Rows of cells as a terminal shows them: names to the left, cut if they have to be, figures to the right. */
public final class TextTable {
    private static final int SHORTEST_NAME = 16;
    private static final String GAP = "  ";

    private TextTable() {}

    /**
     * A line for each row.
     *
     * @param rows equally long, a name first
     * @param width that the lines keep to by shorter names, if they can
     */
    public static List<String> lines(List<List<String>> rows, int width) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], PlainText.length(row.get(i)));
            }
        }
        int figures = 0;
        for (int i = 1; i < widths.length; i++) {
            figures += GAP.length() + widths[i];
        }
        widths[0] = Math.min(widths[0], Math.max(SHORTEST_NAME, width - figures));
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        String name = PlainText.cut(row.get(0), widths[0]);
        StringBuilder line = new StringBuilder(name).append(" ".repeat(widths[0] - PlainText.length(name)));
        for (int i = 1; i < widths.length; i++) {
            line.append(GAP).append(" ".repeat(widths[i] - row.get(i).length())).append(row.get(i));
        }
        return line.toString();
    }
}
