package io.orochi.table.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableLayoutTest {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "ts", Types.TimestampType.withZone()),
          Types.NestedField.required(2, "host", Types.StringType.get()),
          Types.NestedField.optional(3, "usage", Types.DoubleType.get()),
          Types.NestedField.optional(4, "ts_day", Types.StringType.get()));

  private static final TableLayout LAYOUT =
      new TableLayout(
          "ts",
          ChunkInterval.parse("1 d"),
          new Distribution.Hash("host", 16),
          List.of("host", "ts"));

  @Test
  void propertiesReadBackToTheLayout() {
    assertThat(TableLayout.of(LAYOUT.properties())).contains(LAYOUT);
    assertThat(LAYOUT.properties())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "orochi.hypertable", "ts",
                "orochi.chunk-interval", "1 d",
                "orochi.distribution", "bucket[16](host)",
                "orochi.order-by", "host, ts"));
  }

  @Test
  void aTableWithoutTimeColumnIsNoHypertable() {
    assertThat(TableLayout.of(Map.of("write.format.default", "parquet"))).isEmpty();
  }

  @Test
  void aHypertableWithoutIntervalHasChunksOfADay() {
    TableLayout layout = TableLayout.of(Map.of("orochi.hypertable", "ts")).orElseThrow();
    assertThat(layout)
        .isEqualTo(new TableLayout("ts", ChunkInterval.parse("1 d"), Distribution.NONE, List.of()));
    assertThat(layout.chunkOf(Instant.parse("2026-11-21T10:00:00Z")).name())
        .isEqualTo("2026-11-21");
  }

  @Test
  void partitionsByTimeThenBucketAndAvoidsColumnNames() {
    PartitionSpec expected =
        PartitionSpec.builderFor(SCHEMA)
            .day("ts", "ts_day_")
            .bucket("host", 16, "host_bucket")
            .build();
    assertThat(LAYOUT.partitionSpec(SCHEMA)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"3 h, ts_hour: hour", "2 months, ts_month: month", "1 year, ts_year: year"})
  void theUnitOfTheIntervalIsTheTransform(String interval, String field) {
    TableLayout layout =
        new TableLayout("ts", ChunkInterval.parse(interval), Distribution.NONE, List.of());
    assertThat(layout.partitionSpec(SCHEMA).toString()).contains(field + "(1)");
  }

  @Test
  void acceptsEveryOptionOfTheReference() {
    TableLayout.validate(
        SCHEMA,
        Map.ofEntries(
            Map.entry("orochi.hypertable", "ts"),
            Map.entry("orochi.chunk-interval", "6 hours"),
            Map.entry("orochi.distribution", "bucket[1024](host)"),
            Map.entry("orochi.order-by", "host, ts"),
            Map.entry("orochi.compression.after", "7 d"),
            Map.entry("orochi.compression.level", "22"),
            Map.entry("orochi.compression.stripe-rows", "150000"),
            Map.entry("orochi.compression.segment-by", "host"),
            Map.entry("orochi.retention.drop-after", "90 d"),
            Map.entry("orochi.tier.warm-after", "7 d"),
            Map.entry("orochi.tier.cold-after", "1 month"),
            Map.entry("orochi.real-time", "TRUE"),
            Map.entry("write.format.default", "parquet")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "orochi.hypertabel|ts|UNKNOWN_OPTION|Did you mean orochi.hypertable?",
        "orochi.hypertable|tss|TIME_COLUMN_MISSING|Did you mean ts?",
        "orochi.hypertable|usage|TIME_COLUMN_MISSING|Its type is double.",
        "orochi.chunk-interval|90 minutes|INVALID_CHUNK_INTERVAL|multiple of an hour",
        "orochi.chunk-interval|1 d|TIME_COLUMN_MISSING|Add 'orochi.hypertable'",
        "orochi.distribution|bucket[0](host)|INVALID_OPTION_VALUE|1 to 1024 shards",
        "orochi.distribution|bucket[1025](host)|INVALID_OPTION_VALUE|1 to 1024 shards",
        "orochi.distribution|bucket[4](hots)|DISTRIBUTION_COLUMN_MISSING|Did you mean host?",
        "orochi.distribution|bucket[4](usage)|DISTRIBUTION_COLUMN_MISSING|no bucket hash",
        "orochi.distribution|hash(host)|INVALID_OPTION_VALUE|DISTRIBUTED BY HASH",
        "orochi.order-by|host, usege|INVALID_OPTION_VALUE|Did you mean usage?",
        "orochi.order-by|host, host|INVALID_OPTION_VALUE|each once",
        "orochi.compression.level|23|INVALID_OPTION_VALUE|1 to 22",
        "orochi.compression.level|many|INVALID_OPTION_VALUE|1 to 22",
        "orochi.retention.drop-after|soon|INVALID_OPTION_VALUE|a positive interval",
        "orochi.retention.drop-after|0 d|INVALID_OPTION_VALUE|a positive interval",
        "orochi.real-time|yes|INVALID_OPTION_VALUE|true or false",
      })
  void refusesABadOption(String key, String value, OrochiErrorCode code, String text) {
    assertThatThrownBy(() -> TableLayout.validate(SCHEMA, Map.of(key, value)))
        .isInstanceOfSatisfying(OrochiException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(text);
  }

  @Test
  void everyDefaultIsAnAllowedValue() {
    for (TableOption option : TableOptions.all()) {
      if (!option.defaultValue().isEmpty()) {
        option.type().check(option.key(), option.defaultValue(), SCHEMA);
      }
    }
  }
}
