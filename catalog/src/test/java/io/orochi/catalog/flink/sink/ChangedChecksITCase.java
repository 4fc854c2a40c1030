package io.orochi.catalog.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.error.OrochiException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A CHECK that is set, or whose column is renamed, while a stream writes. */
class ChangedChecksITCase {
  private static final TableIdentifier NAME = TableIdentifier.of("test", "t");

  @TempDir private Path folder;

  @Test
  void theNextCheckpointBringsThem() throws Exception {
    CatalogConfig config =
        new CatalogConfig(
            "orochi",
            folder.resolve("warehouse").toString(),
            "jdbc:sqlite:" + folder.resolve("metastore.db"),
            Map.of());
    try (OrochiIcebergCatalog catalog = OrochiIcebergCatalog.open(config)) {
      catalog.createNamespace(Namespace.of("test"));
      Table table =
          catalog
              .buildTable(
                  NAME, new Schema(Types.NestedField.optional(1, "v", Types.LongType.get())))
              .create();
      TableLoader loader =
          TableLoader.fromCatalog(
              CatalogLoader.custom(
                  config.name(),
                  config.toProperties(),
                  new org.apache.hadoop.conf.Configuration(),
                  OrochiIcebergCatalog.class.getName()),
              NAME);
      TableWriterOperator writer =
          new TableWriterOperator(new WriterTarget.Table(new ShardWriterFactory(table, 2), loader));
      try (OneInputStreamOperatorTestHarness<RowData, byte[]> job =
          new OneInputStreamOperatorTestHarness<>(writer)) {
        job.open();
        job.processElement(row(-1));
        table.updateSchema().addColumn("w", Types.LongType.get()).renameColumn("v", "x").commit();
        table
            .updateProperties()
            .set("orochi.check.positive", "x > 0 AND (w IS NULL OR w > 5)")
            .commit();
        job.processElement(row(-2));
        job.prepareSnapshotPreBarrier(1);
        job.processElement(row(3));
        assertThatThrownBy(() -> job.processElement(row(-4)))
            .satisfies(
                failure ->
                    assertThat(OrochiException.findIn(failure).orElseThrow())
                        .hasMessageContaining("OROCHI-3110")
                        .hasMessageContaining("positive"));
      }
    }
  }

  private static StreamRecord<RowData> row(long value) {
    return new StreamRecord<>(GenericRowData.of(value));
  }
}
