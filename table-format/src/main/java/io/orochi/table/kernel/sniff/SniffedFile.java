package io.orochi.table.kernel.sniff;

import java.util.Map;
import org.apache.iceberg.Schema;

/**
 * @param schema every column optional, ids from 1
 * @param dialect how a CSV file is written; null for the other formats
 * @param kernelTypes what the kernel called each column, by name; zone-less timestamps are
 *     TIMESTAMP here
 */
public record SniffedFile(Schema schema, CsvDialect dialect, Map<String, String> kernelTypes) {
  /**
   * @param quote and escape: empty if none seen
   * @param skippedLines lines before the header or the first row
   * @param timestampPattern and datePattern: strptime patterns found; empty means ISO 8601
   */
  public record CsvDialect(
      String delimiter,
      String quote,
      String escape,
      boolean header,
      int skippedLines,
      String datePattern,
      String timestampPattern) {}
}
