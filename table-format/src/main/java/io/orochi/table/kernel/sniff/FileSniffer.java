package io.orochi.table.kernel.sniff;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.iceberg.Schema;

/** Guesses what a file holds from its first rows. Safe to share. */
public interface FileSniffer {
  /** The kinds of file; CSV and JSON lines may be gzipped, by their name's ending. */
  enum Format {
    CSV,
    JSON,
    PARQUET
  }

  /**
   * @throws io.orochi.table.error.OrochiException INPUT_NOT_FOUND or INPUT_FORMAT_UNKNOWN
   */
  SniffedFile sniff(Path file, Format format);

  /** The schema alone; every column optional, ids from 1. */
  default Schema infer(Path file, Format format) {
    return sniff(file, format).schema();
  }

  /**
   * From the earliest to the latest time in a column, over the file's first 5,000,000 rows; zero if
   * they cannot be told, because who reads the rows says better what is wrong with them.
   */
  Duration timeSpan(Path file, Format format, String column);

  /**
   * A sniffer that opens a short-lived kernel per file, able to read that file's folder only. It
   * looks at the first 200,000 rows. A gzip that ends early may go unnoticed: who reads the rows
   * must check.
   */
  static FileSniffer create() {
    return new DuckFileSniffer();
  }
}
