package dev.onrush.report.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import de.siegmar.fastcsv.reader.CsvReader;

/** Separated values as another program reads them. */
public final class CsvLines {
    private CsvLines() {}

    public static List<List<String>> of(String csv) {
        List<List<String>> lines = new ArrayList<>();
        CsvReader.builder().ofCsvRecord(csv).forEach(line -> lines.add(line.getFields()));
        return lines;
    }

    /** By column. */
    public static List<Map<String, String>> named(String csv) {
        List<List<String>> lines = of(csv);
        List<Map<String, String>> named = new ArrayList<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            assert line.size() == lines.get(0).size();
            Map<String, String> cells = new LinkedHashMap<>();
            for (int i = 0; i < line.size(); i++) {
                cells.put(lines.get(0).get(i), line.get(i));
            }
            named.add(cells);
        }
        return named;
    }

    /** A text without what guards it. */
    public static String text(String cell) {
        return cell.startsWith("'") ? cell.substring(1) : cell;
    }
}
