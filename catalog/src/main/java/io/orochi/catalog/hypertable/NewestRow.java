package io.orochi.catalog.hypertable;

import io.orochi.table.layout.TableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** The time of the newest row, from which age is measured. */
public final class NewestRow {
  private NewestRow() {}

  /**
   * The earlier of now and the newest row, so that one row dated far ahead ages nothing, and a
   * table that nobody writes any more does not lose its rows with time.
   *
   * @param chunks of the table, ordered by time
   */
  public static Instant orNow(
      Table table, TableLayout layout, List<ChunkStatistics> chunks, Instant now) {
    Optional<Instant> newestStart =
        chunks.stream()
            .map(ChunkStatistics::start)
            .filter(start -> start != null && !start.isAfter(now))
            .max(Comparator.naturalOrder());
    boolean ahead =
        chunks.stream().anyMatch(chunk -> chunk.start() != null && chunk.start().isAfter(now));
    if (ahead || newestStart.isEmpty()) {
      return now;
    }
    Instant newest = newestFrom(table, layout.timeColumn(), newestStart.get()).orElse(now);
    return newest.isBefore(now) ? newest : now;
  }

  private static Optional<Instant> newestFrom(Table table, String timeColumn, Instant start) {
    NestedField field = table.schema().findField(timeColumn);
    Instant newest = null;
    try (CloseableIterable<FileScanTask> tasks =
        table
            .newScan()
            .filter(Expressions.greaterThanOrEqual(timeColumn, TimeLiterals.micros(start)))
            .includeColumnStats(Set.of(timeColumn))
            .planFiles()) {
      for (FileScanTask task : tasks) {
        ByteBuffer bound =
            task.file().upperBounds() == null
                ? null
                : task.file().upperBounds().get(field.fieldId());
        if (bound == null) {
          return Optional.empty();
        }
        Instant upper = instant(field.type(), Conversions.fromByteBuffer(field.type(), bound));
        newest = newest == null || upper.isAfter(newest) ? upper : newest;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.ofNullable(newest);
  }

  private static Instant instant(Type type, Object value) {
    ChronoUnit unit =
        type.typeId() == Type.TypeID.TIMESTAMP_NANO ? ChronoUnit.NANOS : ChronoUnit.MICROS;
    return Instant.EPOCH.plus((Long) value, unit);
  }
}
