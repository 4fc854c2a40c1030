package io.orochi.catalog.hypertable;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.Chunk;
import io.orochi.table.layout.TableLayout;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * Removes whole chunks by a filter on their partitions: one commit, and no file is read. Files that
 * older snapshots hold stay until those expire.
 */
public final class ChunkDrop {
  private final Table table;
  private final TableLayout layout;

  public ChunkDrop(Table table, TableLayout layout) {
    this.table = table;
    this.layout = layout;
  }

  /**
   * The chunks that end at or before {@code olderThan} and start at or after {@code newerThan}.
   *
   * @param chunks of the table
   * @param olderThan null for no end
   * @param newerThan null for no start
   */
  public static List<ChunkStatistics> between(
      List<ChunkStatistics> chunks, Instant olderThan, Instant newerThan) {
    return chunks.stream()
        .filter(chunk -> chunk.start() != null)
        .filter(chunk -> olderThan == null || !chunk.end().isAfter(olderThan))
        .filter(chunk -> newerThan == null || !chunk.start().isBefore(newerThan))
        .toList();
  }

  /**
   * Drops what {@link #between} lists, and what has been written into those chunks meanwhile.
   *
   * @throws OrochiException COMMIT_CONFLICT if files from before the table was cut hold rows inside
   *     and outside the range; nothing was dropped
   */
  public void drop(Instant olderThan, Instant newerThan) {
    // Without it Iceberg counts a row without a time as older than anything.
    Expression rows = Expressions.notNull(layout.timeColumn());
    if (olderThan != null) {
      rows = and(rows, Expressions.lessThan(layout.timeColumn(), micros(startBefore(olderThan))));
    }
    if (newerThan != null) {
      rows =
          and(
              rows,
              Expressions.greaterThanOrEqual(layout.timeColumn(), micros(startAfter(newerThan))));
    }
    try {
      table.newDelete().deleteFromRowFilter(rows).commit();
    } catch (ValidationException straddling) {
      throw OrochiException.of(
              OrochiErrorCode.COMMIT_CONFLICT, "Cannot drop chunks of " + table.name())
          .withDetail(String.valueOf(straddling.getMessage()).lines().findFirst().orElse(""))
          .withHint(
              "Files from before the table was cut belong to no chunk. CALL"
                  + " sys.create_hypertable(…, migrate_data => true) moves their rows.")
          .causedBy(straddling);
    }
  }

  private static Expression and(Expression one, Expression other) {
    return Expressions.and(one, other);
  }

  private static long micros(Instant time) {
    return TimeLiterals.micros(time);
  }

  /** The last chunk boundary at or before a time. */
  private Instant startBefore(Instant time) {
    return layout.chunkOf(time).start();
  }

  /** The first chunk boundary at or after a time. */
  private Instant startAfter(Instant time) {
    Chunk chunk = layout.chunkOf(time);
    return chunk.start().equals(time) ? time : chunk.end();
  }
}
