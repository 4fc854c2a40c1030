package io.orochi.table.layout;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.transforms.PartitionSpecVisitor;

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
    return Optional.ofNullable(tableProperties.get(TableOptions.HYPERTABLE))
        .map(
            timeColumn ->
                new TableLayout(
                    timeColumn.strip(),
                    Optional.ofNullable(tableProperties.get(TableOptions.CHUNK_INTERVAL))
                        .map(ChunkInterval::parse)
                        .orElse(ChunkInterval.DEFAULT),
                    Optional.ofNullable(tableProperties.get(TableOptions.DISTRIBUTION))
                        .map(Distribution::parse)
                        .orElse(Distribution.NONE),
                    OptionType.ColumnList.split(
                        tableProperties.getOrDefault(TableOptions.ORDER_BY, ""))));
  }

  /**
   * The layout of a table. Its partition spec wins over its properties, because a foreign engine
   * that renames a column or changes the buckets does not know the properties.
   */
  public static Optional<TableLayout> of(Table table) {
    return of(table.properties())
        .map(
            layout -> {
              SpecReader reader = new SpecReader(layout.timeColumn);
              PartitionSpecVisitor.visit(table.spec(), reader);
              return new TableLayout(
                  reader.timeColumn(), layout.chunkInterval, reader.distribution(), layout.orderBy);
            });
  }

  /**
   * Checks every {@code orochi.*} option against what a table may have, and those that name columns
   * against the schema. Other keys are left to Iceberg.
   *
   * @throws OrochiException UNKNOWN_OPTION naming the nearest known option; INVALID_OPTION_VALUE
   *     naming the bound; INVALID_CHUNK_INTERVAL; TIME_COLUMN_MISSING; DISTRIBUTION_COLUMN_MISSING
   */
  public static void validate(Schema schema, Map<String, String> options) {
    TableOptions.check(schema, options);
    if (!options.containsKey(TableOptions.HYPERTABLE)
        && options.containsKey(TableOptions.CHUNK_INTERVAL)) {
      throw OrochiException.of(
              OrochiErrorCode.TIME_COLUMN_MISSING, "Cannot cut chunks without a time column")
          .withDetail(TableOptions.CHUNK_INTERVAL + " is set, " + TableOptions.HYPERTABLE + " not.")
          .withHint("Add 'orochi.hypertable' = '<time column>'.");
    }
  }

  /**
   * The time transform, then the bucket transform if the table is distributed.
   *
   * @throws OrochiException TIME_COLUMN_MISSING, DISTRIBUTION_COLUMN_MISSING
   */
  public PartitionSpec partitionSpec(Schema schema) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    Columns.requireTime(schema, timeColumn);
    switch (chunkInterval.unit()) {
      case HOUR -> spec.hour(timeColumn, freeName(schema, timeColumn + "_hour"));
      case DAY -> spec.day(timeColumn, freeName(schema, timeColumn + "_day"));
      case MONTH -> spec.month(timeColumn, freeName(schema, timeColumn + "_month"));
      case YEAR -> spec.year(timeColumn, freeName(schema, timeColumn + "_year"));
    }
    if (distribution instanceof Distribution.Hash hash) {
      Columns.requireHashable(schema, hash);
      spec.bucket(hash.column(), hash.shards(), freeName(schema, hash.column() + "_bucket"));
    }
    return spec.build();
  }

  /** The table properties from which {@link #of(Map)} reads this layout back. */
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(TableOptions.HYPERTABLE, timeColumn);
    properties.put(TableOptions.CHUNK_INTERVAL, chunkInterval.toString());
    if (!distribution.equals(Distribution.NONE)) {
      properties.put(TableOptions.DISTRIBUTION, distribution.toString());
    }
    if (!orderBy.isEmpty()) {
      properties.put(TableOptions.ORDER_BY, String.join(", ", orderBy));
    }
    return properties;
  }

  /** The names in the value of an option that lists columns. */
  public static List<String> columnsIn(String optionValue) {
    return OptionType.ColumnList.split(optionValue);
  }

  /** The chunk that holds rows of time {@code t}. */
  public Chunk chunkOf(Instant t) {
    return chunkInterval.chunkOf(t);
  }

  /** A partition field may not bear the name of a column. */
  private static String freeName(Schema schema, String wanted) {
    String name = wanted;
    while (schema.findField(name) != null) {
      name += "_";
    }
    return name;
  }
}
