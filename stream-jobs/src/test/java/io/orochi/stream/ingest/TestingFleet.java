package io.orochi.stream.ingest;

import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.element.SourceElementTypeInfo;
import io.orochi.connectors.fleet.FleetConfig;
import io.orochi.connectors.fleet.FleetRows;
import io.orochi.connectors.fleet.FleetSource;
import io.orochi.connectors.generator.GeneratorSplit;
import io.orochi.table.layout.ChunkInterval;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.flink.FlinkSchemaUtil;

/** A fleet whose rows are known, and the table for it. */
final class TestingFleet {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private TestingFleet() {}

  static TestingTable table(Path folder) {
    Schema schema = FlinkSchemaUtil.convert(FlinkSchemaUtil.toResolvedSchema(FleetRows.rowType()));
    return new TestingTable(
        folder,
        schema,
        new TableLayout(
            "ts",
            new ChunkInterval(1, ChunkInterval.Unit.DAY),
            new Distribution.Hash("hostname", 4),
            List.of()));
  }

  static FleetConfig fleet(int hosts, long steps) {
    return new FleetConfig(
        hosts, 7, START, Duration.ofSeconds(10), steps, FleetConfig.Pace.UNLIMITED);
  }

  static SourceElementTypeInfo elements() {
    return new SourceElementTypeInfo(FleetRows.rowType());
  }

  /** How often each row is in the table; a row is its host, time and first metric. */
  static Map<String, Integer> rowsIn(TestingTable table) {
    Map<String, Integer> counts = new HashMap<>();
    for (Record record : table.records("ts", "hostname", "usage_user")) {
      Instant time = ((OffsetDateTime) record.getField("ts")).toInstant();
      counts.merge(
          record.getField("hostname") + "@" + time + "=" + record.getField("usage_user"),
          1,
          Integer::sum);
    }
    return counts;
  }

  /** The same of the source's rows. */
  static Map<String, Integer> rowsOf(FleetConfig fleet) throws Exception {
    Map<String, Integer> counts = new HashMap<>();
    try (SourceReader<SourceElement, GeneratorSplit> reader =
        new FleetSource(fleet, Map.of()).createReader(null)) {
      reader.addSplits(fleet.splitIds().stream().map(id -> new GeneratorSplit(id, 0)).toList());
      reader.notifyNoMoreSplits();
      ReaderOutput<SourceElement> output =
          new CountingOutput() {
            @Override
            public void collect(SourceElement element) {
              if (element instanceof SourceElement.Row row) {
                RowData data = row.row();
                counts.merge(
                    data.getString(1)
                        + "@"
                        + data.getTimestamp(0, 6).toInstant()
                        + "="
                        + data.getDouble(11),
                    1,
                    Integer::sum);
              }
            }
          };
      InputStatus status = InputStatus.MORE_AVAILABLE;
      while (status != InputStatus.END_OF_INPUT) {
        status = reader.pollNext(output);
      }
    }
    return counts;
  }

  private abstract static class CountingOutput implements ReaderOutput<SourceElement> {
    @Override
    public void collect(SourceElement element, long timestamp) {
      collect(element);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<SourceElement> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}
  }
}
