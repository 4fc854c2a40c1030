package io.orochi.catalog.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.catalog.flink.sink.state.CommitPart;
import io.orochi.catalog.flink.sink.state.CommitPartSerializer;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is started from a checkpoint older than the table's last commit of it. */
class StaleStateITCase {
  private static final TableIdentifier NAME = TableIdentifier.of("test", "t");

  @TempDir Path folder;
  private CatalogConfig config;
  private OrochiIcebergCatalog catalog;
  private OperatorSubtaskState first;
  private OperatorSubtaskState second;

  @BeforeEach
  void commitTwice() throws Exception {
    config =
        new CatalogConfig(
            "orochi",
            folder.resolve("warehouse").toString(),
            "jdbc:sqlite:" + folder.resolve("metastore.db"),
            Map.of());
    catalog = OrochiIcebergCatalog.open(config);
    catalog.createNamespace(Namespace.of("test"));
    catalog
        .buildTable(NAME, new Schema(Types.NestedField.optional(1, "v", Types.LongType.get())))
        .create();
    try (OneInputStreamOperatorTestHarness<byte[], byte[]> job = job()) {
      job.open();
      job.processElement(position("100"));
      first = job.snapshot(1, 1);
      job.notifyOfCompletedCheckpoint(1);
      job.processElement(position("200"));
      second = job.snapshot(2, 2);
      job.notifyOfCompletedCheckpoint(2);
    }
    assertThat(committed().sequence()).isEqualTo(2);
  }

  @AfterEach
  void closeCatalog() {
    catalog.close();
  }

  @Test
  void itIsRefusedForGood() throws Exception {
    try (OneInputStreamOperatorTestHarness<byte[], byte[]> job = job()) {
      job.setRestoredCheckpointId(1);
      job.setup();
      assertThatThrownBy(() -> job.initializeState(first))
          .isInstanceOf(SuppressRestartsException.class)
          .satisfies(
              failure -> {
                OrochiException told = OrochiException.findIn(failure).orElseThrow();
                assertThat(told.code()).isEqualTo(OrochiErrorCode.PIPELINE_STATE_STALE);
                assertThat(told.summary())
                    .contains("Cannot continue \"p\" from checkpoint 1: ")
                    .contains("holds newer commits of it");
                assertThat(told.detail())
                    .isEqualTo("The table has sequence 2, the checkpoint is sequence 1.");
              });
    }
    assertThat(committed().splits()).containsEntry("split", "200");
  }

  @Test
  void theLastCheckpointIsContinued() throws Exception {
    try (OneInputStreamOperatorTestHarness<byte[], byte[]> job = job()) {
      job.setRestoredCheckpointId(2);
      job.setup();
      job.initializeState(second);
      job.open();
      job.processElement(position("300"));
      job.snapshot(3, 3);
      job.notifyOfCompletedCheckpoint(3);
    }
    assertThat(committed()).isEqualTo(new SourcePosition("p", 3, committed().splits()));
    assertThat(committed().splits()).containsEntry("split", "300");
  }

  private OneInputStreamOperatorTestHarness<byte[], byte[]> job() throws Exception {
    TableLoader loader =
        TableLoader.fromCatalog(
            CatalogLoader.custom(
                config.name(),
                config.toProperties(),
                new org.apache.hadoop.conf.Configuration(),
                OrochiIcebergCatalog.class.getName()),
            NAME);
    return new OneInputStreamOperatorTestHarness<>(
        new TableCommitterOperator(
            loader,
            TableSinkConfig.pipeline("p", 1),
            table -> new TableCommitter(table, Clock.systemUTC()),
            null));
  }

  private static StreamRecord<byte[]> position(String position) throws Exception {
    return new StreamRecord<>(
        SimpleVersionedSerialization.writeVersionAndSerialize(
            CommitPartSerializer.INSTANCE,
            CommitPart.ofPositions(Map.of("split", position), CommitPart.Destination.TABLE)));
  }

  private SourcePosition committed() {
    return TableCommitter.lastPosition(catalog.loadTable(NAME), "p").orElseThrow();
  }
}
