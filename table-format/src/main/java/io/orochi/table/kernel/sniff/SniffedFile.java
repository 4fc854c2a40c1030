package io.orochi.table.kernel.sniff;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.Schema;

/**
 * What a file seems to hold.
 *
 * @param schema every column optional, ids from 1; a timestamp written without a zone in CSV or
 *     JSON is taken for UTC, in Parquet kept as it is
 * @param dialect how a CSV file is written; null for the other formats
 * @param kernelTypes what the kernel called each column, by name, in order; a timestamp without a
 *     zone is TIMESTAMP here
 */
public record SniffedFile(Schema schema, CsvDialect dialect, Map<String, String> kernelTypes) {
  public SniffedFile {
    kernelTypes = Collections.unmodifiableMap(new LinkedHashMap<>(kernelTypes));
  }

  /**
   * How a CSV file is written.
   *
   * @param quote empty if none was seen
   * @param escape empty if none was seen
   * @param skippedLines lines before the header or the first row
   * @param datePattern a strptime pattern; empty means ISO 8601
   * @param timestampPattern a strptime pattern; empty means ISO 8601
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
