package io.orochi.table.integrity;

import io.orochi.table.integrity.TableFinding.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.parquet.ParquetUtil;

/** Compares what a file holds with what its manifest says of it. */
final class ContentCheck {
  private final Table table;
  private final MetricsConfig metrics;
  private final Map<String, Long> rowsByDataFile;

  /**
   * @param rowsByDataFile of the live data files of the snapshot
   */
  ContentCheck(Table table, Map<String, Long> rowsByDataFile) {
    this.table = table;
    this.metrics = MetricsConfig.forTable(table);
    this.rowsByDataFile = rowsByDataFile;
  }

  /** What is wrong; empty if nothing is, or the format is not looked into. */
  Optional<TableFinding> of(DataFile file) {
    if (file.format() != FileFormat.PARQUET) {
      return Optional.empty();
    }
    Metrics found;
    try {
      found = ParquetUtil.fileMetrics(table.io().newInputFile(file.location()), metrics);
    } catch (RuntimeException e) {
      return finding(file, Severity.ERROR, "Its footer cannot be read: " + e.getMessage());
    }
    if (found.recordCount() != file.recordCount()) {
      String detail =
          "It has " + found.recordCount() + " rows, its manifest says " + file.recordCount() + ".";
      return finding(file, Severity.ERROR, detail);
    }
    StatedBounds bounds = new StatedBounds(table.schema());
    TreeSet<Integer> wrong =
        new TreeSet<>(bounds.differing(file.lowerBounds(), found.lowerBounds()));
    wrong.addAll(bounds.differing(file.upperBounds(), found.upperBounds()));
    return wrong.isEmpty()
        ? Optional.empty()
        : finding(
            file,
            Severity.WARNING,
            "The bounds of the columns with ids " + wrong + " are not those in its manifest.");
  }

  private static Optional<TableFinding> finding(DataFile file, Severity severity, String detail) {
    return Optional.of(new TableFinding(file.location(), FileRole.DATA, severity, detail));
  }

  /** What is wrong; empty for equality deletes, of which nothing more is known. */
  Optional<String> of(DeleteFile file) {
    String target = file.referencedDataFile();
    if (file.content() == FileContent.EQUALITY_DELETES || target == null) {
      return Optional.empty();
    }
    Long rows = rowsByDataFile.get(target);
    if (rows == null) {
      return Optional.empty();
    }
    PositionDeleteIndex positions;
    try {
      positions =
          new BaseDeleteLoader(delete -> table.io().newInputFile(delete.location()))
              .loadPositionDeletes(List.of(file), target);
    } catch (RuntimeException e) {
      return Optional.of("Its positions cannot be read: " + e.getMessage());
    }
    long[] beyond = new long[1];
    positions.forEach(position -> beyond[0] += position >= rows ? 1 : 0);
    if (beyond[0] > 0) {
      return Optional.of(
          "It deletes " + beyond[0] + " positions beyond the end of " + target + ".");
    }
    return positions.cardinality() == file.recordCount()
        ? Optional.empty()
        : Optional.of(
            "It deletes "
                + positions.cardinality()
                + " positions, its manifest says "
                + file.recordCount()
                + ".");
  }
}
