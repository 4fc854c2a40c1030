package io.orochi.catalog.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.commit.CommitRequest;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink in each of Flink's ways to run a stream that ends. */
class TableSinkITCase {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "ts", Types.TimestampType.withZone()),
          Types.NestedField.required(2, "host", Types.StringType.get()),
          Types.NestedField.optional(3, "v", Types.LongType.get()));
  private static final RowType ROWS = FlinkSchemaUtil.convert(SCHEMA);
  private static final TableIdentifier NAME = TableIdentifier.of("test", "t");
  private static final int COUNT = 2000;

  @TempDir Path folder;
  private CatalogConfig config;
  private OrochiIcebergCatalog catalog;

  @BeforeEach
  void createTable() {
    config =
        new CatalogConfig(
            "orochi",
            folder.resolve("warehouse").toString(),
            "jdbc:sqlite:" + folder.resolve("metastore.db"),
            Map.of());
    catalog = OrochiIcebergCatalog.open(config);
    catalog.createNamespace(Namespace.of("test"));
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).day("ts").bucket("host", 4).build();
    catalog.buildTable(NAME, SCHEMA).withPartitionSpec(spec).create();
  }

  @AfterEach
  void closeCatalog() {
    catalog.close();
  }

  @Test
  void aBatchCommitsOnceAtItsEnd() throws Exception {
    append(settings(RuntimeExecutionMode.BATCH), rows(COUNT), statement());
    assertThat(values()).hasSize(COUNT).doesNotHaveDuplicates();
    assertThat(table().snapshots()).hasSize(1);
  }

  @Test
  void aStreamWithoutCheckpointsCommitsAtItsEnd() throws Exception {
    append(settings(RuntimeExecutionMode.STREAMING), rows(COUNT), statement());
    assertThat(values()).hasSize(COUNT).doesNotHaveDuplicates();
  }

  @Test
  void aStreamWithCheckpointsCommitsItsTailWithTheLast() throws Exception {
    append(checkpointed(), rows(COUNT), statement());
    assertThat(values()).hasSize(COUNT).doesNotHaveDuplicates();
  }

  @Test
  void rowsInNoOrderCostFilesInsteadOfMemory() throws Exception {
    append(
        settings(RuntimeExecutionMode.BATCH),
        rows(COUNT),
        new TableSinkConfig("s", TableSinkConfig.Kind.STATEMENT, 1, 2));
    assertThat(values()).hasSize(COUNT).doesNotHaveDuplicates();
    String files = table().currentSnapshot().summary().get("added-data-files");
    assertThat(Integer.parseInt(files)).isGreaterThan(40);
  }

  @Test
  void nullInANotNullColumnIsAnErrorThatNamesColumnAndRow() {
    RowData bad = GenericRowData.of(TimestampData.fromEpochMillis(0), null, 7L);
    assertThatThrownBy(() -> append(checkpointed(), List.of(bad), statement()))
        .satisfies(
            failure -> {
              OrochiException error = OrochiException.findIn(failure).orElseThrow();
              assertThat(error.code()).isEqualTo(OrochiErrorCode.NULL_NOT_ALLOWED);
              assertThat(error.summary()).contains("Cannot write NULL into column \"host\" of ");
              assertThat(error.detail())
                  .isEqualTo("The row is (ts=1970-01-01T00:00, host=NULL, v=7).");
            });
    assertThat(table().currentSnapshot()).isNull();
  }

  @Test
  void aPipelineWithoutCheckpointsIsRefused() {
    assertThatThrownBy(
            () ->
                append(
                    settings(RuntimeExecutionMode.STREAMING),
                    rows(1),
                    TableSinkConfig.pipeline("p", 1)))
        .isInstanceOf(OrochiException.class)
        .hasMessageStartingWith("OROCHI-3102: Cannot run pipeline \"p\" without checkpoints");
  }

  @Test
  void theSequenceGrowsFromJobToJob() throws Exception {
    for (int run = 1; run <= 2; run++) {
      append(checkpointed(), rows(COUNT), TableSinkConfig.pipeline("p", 2));
      assertThat(values()).hasSize(run * COUNT);
    }
  }

  @Test
  void aSecondJobOfAPipelineStopsTheFirst() {
    Configuration settings = checkpointed();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    TableSink.append(
        stream(environment, rows(COUNT)),
        null,
        null,
        loader(),
        TableSinkConfig.pipeline("p", 1),
        table -> {
          // After this job has looked where to begin, another one commits.
          new TableCommitter(table, Clock.systemUTC())
              .commit(
                  new CommitRequest(
                      new SourcePosition("p", 1, Map.of("other", "1")),
                      List.of(),
                      List.of(),
                      Map.of()));
          return new TableCommitter(table, Clock.systemUTC());
        });
    assertThatThrownBy(environment::execute)
        .satisfies(
            failure ->
                assertThat(OrochiException.findIn(failure).orElseThrow().code())
                    .isEqualTo(OrochiErrorCode.PIPELINE_ALREADY_RUNNING));
  }

  private void append(Configuration settings, List<RowData> rows, TableSinkConfig sink)
      throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(2, settings);
    TableSink.append(stream(environment, rows), loader(), sink, ROWS);
    environment.execute();
  }

  private static DataStream<RowData> stream(
      StreamExecutionEnvironment environment, List<RowData> rows) {
    return environment.fromData(rows, InternalTypeInfo.of(ROWS));
  }

  private static TableSinkConfig statement() {
    return TableSinkConfig.statement("statement", 2);
  }

  private static Configuration settings(RuntimeExecutionMode mode) {
    Configuration settings = new Configuration();
    settings.set(ExecutionOptions.RUNTIME_MODE, mode);
    return settings;
  }

  private static Configuration checkpointed() {
    Configuration settings = settings(RuntimeExecutionMode.STREAMING);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    return settings;
  }

  private static List<RowData> rows(int count) {
    List<RowData> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          GenericRowData.of(
              TimestampData.fromEpochMillis(i % 10 * 86_400_000L),
              StringData.fromString("host_" + i % 16),
              (long) i));
    }
    return rows;
  }

  private TableLoader loader() {
    return TableLoader.fromCatalog(
        CatalogLoader.custom(
            config.name(),
            config.toProperties(),
            new org.apache.hadoop.conf.Configuration(),
            OrochiIcebergCatalog.class.getName()),
        NAME);
  }

  private Table table() {
    return catalog.loadTable(NAME);
  }

  private List<Object> values() throws IOException {
    List<Object> values = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table()).select("v").build()) {
      records.forEach(record -> values.add(record.getField("v")));
    }
    return values;
  }
}
