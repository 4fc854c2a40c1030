package io.orochi.gateway.cli.format;

import java.io.PrintWriter;
import java.util.List;

/**
 * A header line, then rows, as RFC 4180 with line feeds. NULL is an empty field and empty text is
 * {@code ""}, so that a reader can tell them apart.
 */
final class CsvFormat implements ResultFormat {
  private final PrintWriter out;

  CsvFormat(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(List<Column> columns) {
    StringBuilder line = new StringBuilder();
    for (Column column : columns) {
      line.append(line.isEmpty() ? "" : ",").append(quoted(column.name()));
    }
    out.append(line).append('\n');
  }

  @Override
  public void row(Object[] values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      line.append(i == 0 ? "" : ",");
      line.append(values[i] == null ? "" : quoted(ValueText.of(values[i])));
    }
    out.append(line).append('\n');
  }

  @Override
  public void end() {
    out.flush();
  }

  private static String quoted(String text) {
    boolean plain = !text.isEmpty();
    for (int i = 0; plain && i < text.length(); i++) {
      char c = text.charAt(i);
      plain = c != ',' && c != '"' && c != '\n' && c != '\r';
    }
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
