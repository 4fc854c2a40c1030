package io.orochi.catalog.flink.source;

import io.orochi.table.kernel.scan.ColumnFacts;
import io.orochi.table.kernel.scan.ColumnStatistics;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.table.plan.stats.ColumnStats;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.iceberg.BlobMetadata;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;

/** What Flink's optimiser is told of a scan, from the table's metadata alone. */
final class SourceStatistics {
  /** The property of a Puffin blob that holds the number of distinct values, by its spec. */
  private static final String DISTINCT = "ndv";

  private static final ColumnStatistics COLUMNS = new ColumnStatistics();

  private SourceStatistics() {}

  /**
   * @param snapshot null for an empty table
   * @param rows of the files that are read, at most
   */
  static TableStats of(Table table, Snapshot snapshot, long rows) {
    if (snapshot == null) {
      return new TableStats(0);
    }
    Map<Integer, ColumnFacts> facts = COLUMNS.of(table, snapshot);
    Map<String, ColumnStats> columns = new HashMap<>();
    for (NestedField column : table.schema().columns()) {
      ColumnFacts known = facts.get(column.fieldId());
      if (known != null) {
        columns.put(column.name(), column(table, column, known, rows));
      }
    }
    return new TableStats(rows, columns);
  }

  private static ColumnStats column(Table table, NestedField column, ColumnFacts facts, long rows) {
    ColumnStats.Builder stats = ColumnStats.Builder.builder();
    if (facts.nulls() >= 0) {
      stats.setNullCount(Math.min(facts.nulls(), rows));
    }
    Comparable<?> min = value(column, facts.min());
    Comparable<?> max = value(column, facts.max());
    if (min != null && max != null) {
      stats.setMin(min).setMax(max);
    }
    OptionalLong counted = counted(table, column.fieldId());
    if (counted.isPresent()) {
      stats.setNdv(Math.min(counted.getAsLong(), rows));
    } else {
      long places = places(facts.min(), facts.max());
      if (places <= rows) {
        stats.setNdv(places);
      }
    }
    return stats.build();
  }

  /** In the classes Flink has for catalogs' statistics; null for others. */
  private static Comparable<?> value(NestedField column, Object bound) {
    if (bound == null) {
      return null;
    }
    return switch (column.type().typeId()) {
      case INTEGER, LONG -> ((Number) bound).longValue();
      case FLOAT, DOUBLE -> number(((Number) bound).doubleValue());
      case DECIMAL -> ((BigDecimal) bound).doubleValue();
      case DATE -> Date.valueOf(LocalDate.ofEpochDay((Integer) bound));
      default -> null;
    };
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** How many whole numbers or days there are from one to the other: no more can be distinct. */
  private static long places(Object min, Object max) {
    if (min instanceof Integer first && max instanceof Integer last) {
      return (long) last - first + 1;
    }
    if (min instanceof Long first && max instanceof Long last) {
      long distance = last - first;
      return distance < 0 || distance == Long.MAX_VALUE ? Long.MAX_VALUE : distance + 1;
    }
    return Long.MAX_VALUE;
  }

  /** As the newest statistics file that counts the column says. */
  private static OptionalLong counted(Table table, int fieldId) {
    OptionalLong newest = OptionalLong.empty();
    long sequence = -1;
    for (StatisticsFile file : table.statisticsFiles()) {
      for (BlobMetadata blob : file.blobMetadata()) {
        String distinct = blob.properties().get(DISTINCT);
        if (distinct != null
            && blob.fields().equals(List.of(fieldId))
            && blob.sourceSnapshotSequenceNumber() > sequence) {
          sequence = blob.sourceSnapshotSequenceNumber();
          newest = OptionalLong.of(Long.parseLong(distinct));
        }
      }
    }
    return newest;
  }
}
