package io.orochi.connectors.file;

import io.orochi.connectors.file.format.CsvFormat;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.table.types.logical.RowType;

/**
 * What a file source reads.
 *
 * @param paths files, folders and globs
 * @param format csv, json or parquet; empty to go by each file's name
 * @param rowType the rows to make; a NOT NULL column rejects records without a value
 * @param watchEvery how often folders and globs are looked through again; zero to read once and end
 * @param positions the positions of earlier runs, by split id
 */
public record FileSourceConfig(
    List<String> paths,
    String format,
    RowType rowType,
    CsvFormat csv,
    BadRecords badRecords,
    Duration watchEvery,
    Map<String, String> positions)
    implements Serializable {
  public FileSourceConfig {
    paths = List.copyOf(paths);
    Objects.requireNonNull(format);
    Objects.requireNonNull(rowType);
    Objects.requireNonNull(csv);
    Objects.requireNonNull(badRecords);
    positions = Map.copyOf(positions);
  }

  /** Whether the source never ends. */
  public boolean watches() {
    return !watchEvery.isZero();
  }
}
