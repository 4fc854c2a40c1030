package io.orochi.table.layout;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;

/**
 * How a hypertable lies on disk.
 *
 * @param timeColumn the name of the timestamp column that chunks are cut by
 * @param orderBy the columns that order the rows inside a compressed file; may be empty
 */
public record TableLayout(
    String timeColumn,
    ChunkInterval chunkInterval,
    Distribution distribution,
    List<String> orderBy) {
  public TableLayout {
    Objects.requireNonNull(timeColumn);
    Objects.requireNonNull(chunkInterval);
    Objects.requireNonNull(distribution);
    orderBy = List.copyOf(orderBy);
  }

  /** The layout that table properties describe; empty if they are not those of a hypertable. */
  public static Optional<TableLayout> of(Map<String, String> tableProperties) {
    throw new UnsupportedOperationException("the layout room");
  }

  /**
   * Checks every {@code orochi.*} option against what a table may have, and those that name columns
   * against the schema. Other keys are left to Iceberg.
   *
   * @throws io.orochi.table.error.OrochiException UNKNOWN_OPTION naming the nearest known option;
   *     INVALID_OPTION_VALUE naming the bound; INVALID_CHUNK_INTERVAL; TIME_COLUMN_MISSING;
   *     DISTRIBUTION_COLUMN_MISSING
   */
  public static void validate(Schema schema, Map<String, String> options) {
    throw new UnsupportedOperationException("the layout room");
  }

  /** The time transform, then the bucket transform if the table is distributed. */
  public PartitionSpec partitionSpec(Schema schema) {
    throw new UnsupportedOperationException("the layout room");
  }

  /** The table properties from which {@link #of} reads this layout back. */
  public Map<String, String> properties() {
    throw new UnsupportedOperationException("the layout room");
  }

  /** The chunk that holds rows of time {@code t}. */
  public Chunk chunkOf(Instant t) {
    throw new UnsupportedOperationException("the layout room");
  }
}
