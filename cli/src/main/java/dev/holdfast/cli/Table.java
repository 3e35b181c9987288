package dev.holdfast.cli;

import java.util.ArrayList;
import java.util.List;

/// Columns as kubectl prints them: upper-case heads, three spaces between, the last column unpadded.
final class Table {

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        this.heads = List.of(heads);
    }

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /// The lines, each cell painted by `paint` after its width was measured.
    List<String> lines(CellPaint paint) {
        var widths = new int[heads.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = heads.get(column).length();
            for (var row : rows)
                widths[column] = Math.max(widths[column], shown(row.get(column)).length());
        }
        var lines = new ArrayList<String>();
        lines.add(line(heads, widths, (_, text) -> text));
        for (var row : rows) lines.add(line(row, widths, paint));
        return lines;
    }

    interface CellPaint {
        String paint(int column, String text);
    }

    private static String line(List<String> cells, int[] widths, CellPaint paint) {
        var line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            var text = shown(cells.get(column));
            line.append(paint.paint(column, text));
            if (column < cells.size() - 1) line.append(" ".repeat(widths[column] - text.length() + 3));
        }
        return line.toString();
    }

    private static String shown(String cell) {
        var clean = Terminal.clean(cell).replace('\n', ' ').replace('\t', ' ');
        return clean.isEmpty() ? "-" : clean;
    }
}
