package io.orochi.connectors.file.format;

import java.io.Serializable;
import java.util.Objects;

/**
 * How CSV files are written.
 *
 * @param header whether the first line that is not skipped names the columns; if not, they come in
 *     the table's order
 * @param skippedLines lines before the header or the first row
 * @param timestampPattern strptime pattern of timestamps; empty for ISO 8601
 * @param datePattern strptime pattern of dates; empty for ISO 8601
 */
public record CsvFormat(
    char delimiter,
    char quote,
    boolean header,
    int skippedLines,
    String timestampPattern,
    String datePattern)
    implements Serializable {
  public static final CsvFormat DEFAULT = new CsvFormat(',', '"', true, 0, "", "");

  public CsvFormat {
    Objects.requireNonNull(timestampPattern);
    Objects.requireNonNull(datePattern);
  }
}
