package io.orochi.table.layout;

import io.orochi.table.check.Checks;
import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;

/** Every {@code orochi.*} option of a table, as data: validation and documentation read this. */
public final class TableOptions {
  public static final String PREFIX = "orochi.";

  public static final String HYPERTABLE = "orochi.hypertable";
  public static final String CHUNK_INTERVAL = "orochi.chunk-interval";
  public static final String DISTRIBUTION = "orochi.distribution";
  public static final String ORDER_BY = "orochi.order-by";
  public static final String COMPRESSION_AFTER = "orochi.compression.after";
  public static final String COMPRESSION_LEVEL = "orochi.compression.level";
  public static final String COMPRESSION_STRIPE_ROWS = "orochi.compression.stripe-rows";
  public static final String COMPRESSION_SEGMENT_BY = "orochi.compression.segment-by";
  public static final String RETENTION_DROP_AFTER = "orochi.retention.drop-after";
  public static final String TIER_WARM_AFTER = "orochi.tier.warm-after";
  public static final String TIER_COLD_AFTER = "orochi.tier.cold-after";
  public static final String BLOOM_FILTER = "orochi.bloom-filter";
  public static final String BLOOM_FILTER_VALUES = "orochi.bloom-filter.values";
  public static final String REAL_TIME = "orochi.real-time";

  public static final String DEDUP = "orochi.dedup";
  public static final String COLOCATION_GROUP = "orochi.colocation-group";
  public static final String REFERENCE = "orochi.reference";
  public static final String UNDROP_KEEP_FOR = "orochi.undrop.keep-for";

  /** As the documentation shows it; users put the constraint's name in its place. */
  public static final String CHECK = Checks.PREFIX + "<name>";

  /** How long a dropped table can come back if it does not say. */
  public static final String UNDROP_KEEP_FOR_DEFAULT = "7 d";

  /** Of a filter of 128 KiB. */
  public static final int BLOOM_FILTER_VALUES_DEFAULT = 100_000;

  private static final List<TableOption> ALL =
      List.of(
          new TableOption(
              HYPERTABLE,
              new OptionType.TimeColumn(),
              "",
              "The time column; its presence makes the table a hypertable."),
          new TableOption(
              CHUNK_INTERVAL,
              new OptionType.ChunkLength(),
              ChunkInterval.DEFAULT.toString(),
              "The length of a chunk, aligned to 1970-01-01 UTC."),
          new TableOption(
              DISTRIBUTION,
              new OptionType.Spread(),
              Distribution.NONE.toString(),
              "How rows are spread over shards; DISTRIBUTED BY HASH sets it."),
          new TableOption(
              ORDER_BY,
              new OptionType.ColumnList(),
              "",
              "The order of the rows inside a compressed file."),
          new TableOption(
              COMPRESSION_AFTER,
              new OptionType.Interval(),
              "",
              "The age at which a chunk is sorted and compressed."),
          new TableOption(
              COMPRESSION_LEVEL,
              new OptionType.WholeNumber(1, 22),
              "3",
              "The zstd level of compressed files."),
          new TableOption(
              COMPRESSION_STRIPE_ROWS,
              new OptionType.WholeNumber(1_000, 10_000_000),
              "150000",
              "The rows of one row group in a compressed file."),
          new TableOption(
              COMPRESSION_SEGMENT_BY,
              new OptionType.ColumnList(),
              "",
              "The columns whose equal values are kept together in a compressed file."),
          new TableOption(
              RETENTION_DROP_AFTER,
              new OptionType.Interval(),
              "",
              "The age at which a chunk is dropped."),
          new TableOption(
              TIER_WARM_AFTER,
              new OptionType.Interval(),
              "",
              "The age at which a chunk moves to the warm tier."),
          new TableOption(
              TIER_COLD_AFTER,
              new OptionType.Interval(),
              "",
              "The age at which a chunk moves to the cold tier."),
          new TableOption(
              BLOOM_FILTER,
              new OptionType.BloomColumns(),
              "",
              "The columns that are looked up by = and IN and whose values are in no order: new"
                  + " files tell which of them cannot hold a value. Columns of few values per file"
                  + " have no use of it."),
          new TableOption(
              BLOOM_FILTER_VALUES,
              new OptionType.WholeNumber(1_000, 10_000_000),
              String.valueOf(BLOOM_FILTER_VALUES_DEFAULT),
              "How many distinct values of a column a bloom filter is made for: each row group"
                  + " has one of 1.2 to 2.4 bytes for each. With so many, one row group in 100 is"
                  + " read in vain, with more of them more."),
          new TableOption(
              REAL_TIME,
              new OptionType.Switch(),
              "false",
              "Whether reads of a continuous aggregate add the rows it has not yet seen."),
          new TableOption(
              DEDUP,
              new OptionType.Duplicates(),
              "",
              "What becomes of a new row whose primary key a row of the table has: it takes its"
                  + " place (upsert), or is left out (first, ignore). CREATE TABLE with a PRIMARY"
                  + " KEY sets upsert; without the option keys are not kept unique."),
          new TableOption(
              COLOCATION_GROUP,
              new OptionType.Name(),
              "",
              "The tables whose equal keys lie in equal shards; sys.create_distributed_table sets"
                  + " it."),
          new TableOption(
              REFERENCE,
              new OptionType.Switch(),
              "false",
              "Whether the table is small and joined by all; sys.create_reference_table sets it."),
          new TableOption(
              UNDROP_KEEP_FOR,
              new OptionType.Interval(),
              UNDROP_KEEP_FOR_DEFAULT,
              "How long the table can come back after DROP TABLE."),
          new TableOption(
              CHECK,
              new OptionType.Condition(),
              "",
              "A CHECK constraint: rows that fail it are refused by every writer; rows written"
                  + " before stay."));

  private TableOptions() {}

  /** In the order of the documentation. */
  public static List<TableOption> all() {
    return ALL;
  }

  public static Optional<TableOption> find(String key) {
    String known = isCheck(key) ? CHECK : key;
    return ALL.stream().filter(option -> option.key().equals(known)).findFirst();
  }

  private static boolean isCheck(String key) {
    return key.startsWith(Checks.PREFIX) && key.length() > Checks.PREFIX.length();
  }

  /** Checks each {@code orochi.*} option by itself. */
  static void check(Schema schema, Map<String, String> options) {
    options.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            find(key).orElseThrow(() -> unknown(key)).type().check(key, value, schema);
          }
        });
  }

  private static OrochiException unknown(String key) {
    return OrochiException.of(OrochiErrorCode.UNKNOWN_OPTION, "Unknown table option: " + key)
        .withDetail("Options of a table that begin with " + PREFIX + " are checked.")
        .withHint(NearestName.hint(key, ALL.stream().map(TableOption::key).toList()));
  }
}
