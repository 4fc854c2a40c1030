package io.orochi.catalog.flink.sink;

import io.orochi.catalog.flink.ddl.PlannedColumns;
import io.orochi.catalog.flink.sink.columns.NamedColumns;
import io.orochi.catalog.flink.sink.publish.CompanionTable;
import io.orochi.catalog.flink.sink.state.CommitPartSerializer;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.Dedup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.TableLoader;

/**
 * Appends a stream of rows to a table, exactly once: partitioner, writers, one committer.
 *
 * <p>How a failure is survived. Writers send their files, and sources their positions, before the
 * barrier of checkpoint 7. The committer stores both in the checkpoint and, once it is complete,
 * commits them under (writer, base + 7). The machine dies after the table's pointer was swapped and
 * before anyone heard of it. The job restarts from checkpoint 7, finds its parts in the state and
 * asks the table for (writer, base + 7): it is there, so nothing is written twice. Had the swap not
 * happened, it would be done now. A new job without state asks the table for the writer's last
 * position and reads on from there.
 */
public final class TableSink {
  /** Parts travel as bytes of {@link CommitPartSerializer} with its version in front. */
  public static final TypeInformation<byte[]> PART_TYPE =
      PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;

  private static final CommitterFactory ORDINARY =
      table -> new TableCommitter(table, Clock.systemUTC());

  private TableSink() {}

  /**
   * For rows whose source cannot be asked to continue: an INSERT.
   *
   * @param planned the table's columns as the statement was understood
   * @throws OrochiException TABLE_CHANGED if they are no longer so
   */
  public static DataStreamSink<?> append(
      DataStream<RowData> rows, TableLoader tableLoader, TableSinkConfig config, RowType planned) {
    Table table = load(tableLoader);
    PlannedColumns.require(table.name(), table.schema(), planned);
    return append(rows, null, null, tableLoader, table, config, ORDINARY);
  }

  /**
   * @param positions parts with the positions read up to at each barrier, in {@link #PART_TYPE};
   *     null if there are none
   */
  public static DataStreamSink<?> append(
      DataStream<RowData> rows,
      DataStream<byte[]> positions,
      TableLoader tableLoader,
      TableSinkConfig config) {
    return append(rows, positions, null, tableLoader, config, ORDINARY);
  }

  /**
   * What goes to a table beside the own one.
   *
   * @param rows of {@code table}'s columns
   * @param positions parts with the positions of {@code rows}, in {@link #PART_TYPE}
   */
  public record Companion(
      CompanionTable table, DataStream<RowData> rows, DataStream<byte[]> positions) {}

  /**
   * @param positions as above
   * @param companion null if there is none
   * @param committers makes the committer; anything but Orochi's own protocol loses exactly-once
   * @throws OrochiException TABLE_CHANGED if rows that tell their columns have one that the table
   *     has not, or lack one it needs
   */
  public static DataStreamSink<?> append(
      DataStream<RowData> rows,
      DataStream<byte[]> positions,
      Companion companion,
      TableLoader tableLoader,
      TableSinkConfig config,
      CommitterFactory committers) {
    Table table = load(tableLoader);
    return append(fit(rows, table), positions, companion, tableLoader, table, config, committers);
  }

  /** Rows by the names of their columns, if they tell them: a table may have got more meanwhile. */
  private static DataStream<RowData> fit(DataStream<RowData> rows, Table table) {
    if (!(rows.getType() instanceof InternalTypeInfo<RowData> type)
        || NamedColumns.areThoseOf(table, type.toRowType())) {
      return rows;
    }
    return rows.map(NamedColumns.of(table, type.toRowType()))
        .returns(InternalTypeInfo.of(FlinkSchemaUtil.convert(table.schema())))
        .name(SinkNames.COLUMNS_NAME)
        .uid(SinkNames.COLUMNS_UID)
        .setParallelism(rows.getParallelism());
  }

  private static DataStreamSink<?> append(
      DataStream<RowData> rows,
      DataStream<byte[]> positions,
      Companion companion,
      TableLoader tableLoader,
      Table table,
      TableSinkConfig config,
      CommitterFactory committers) {
    requireCheckpoints(rows.getExecutionEnvironment(), config);
    ShardWriterFactory factory = new ShardWriterFactory(table, config.maxOpenFiles());
    SingleOutputStreamOperator<byte[]> files =
        distribute(rows, factory)
            .transform(
                SinkNames.WRITER_NAME,
                PART_TYPE,
                new TableWriterOperator(new WriterTarget.Table(factory, tableLoader.clone())))
            .setParallelism(config.parallelism())
            .uid(SinkNames.WRITER_UID);
    DataStream<byte[]> parts = positions == null ? files : files.union(positions);
    if (companion != null) {
      parts = parts.union(write(companion, config), companion.positions());
    }
    return parts
        .global()
        .transform(
            SinkNames.COMMITTER_NAME,
            PART_TYPE,
            new TableCommitterOperator(
                tableLoader, config, committers, companion == null ? null : companion.table()))
        .setParallelism(1)
        .setMaxParallelism(1)
        .uid(SinkNames.COMMITTER_UID)
        .sinkTo(new DiscardingSink<>())
        .name(SinkNames.END_NAME)
        .uid(SinkNames.END_UID)
        .setParallelism(1);
  }

  /** One writer: what goes beside is meant to be little. */
  private static DataStream<byte[]> write(Companion companion, TableSinkConfig config) {
    return companion
        .rows()
        .global()
        .transform(
            SinkNames.COMPANION_WRITER_NAME,
            PART_TYPE,
            new TableWriterOperator(
                new WriterTarget.Companion(companion.table(), config.maxOpenFiles())))
        .setParallelism(1)
        .uid(SinkNames.COMPANION_WRITER_UID);
  }

  private static DataStream<RowData> distribute(
      DataStream<RowData> rows, ShardWriterFactory factory) {
    Table table = factory.table();
    if (Dedup.of(table).isPresent()) {
      PartitionCode code =
          PartitionCode.of(table.schema(), table.spec(), factory.rowType()).orElse(null);
      return rows.partitionCustom(
          new KeyPartitioner(table.schema(), factory.rowType(), code),
          new WholeRow(rows.getType()));
    }
    if (table.spec().isUnpartitioned()) {
      return rows.rebalance();
    }
    Partitioner<RowData> partitioner =
        PartitionCode.of(table.schema(), table.spec(), factory.rowType())
            .<Partitioner<RowData>>map(ShardPartitioner::new)
            .orElseGet(() -> new KeyedPartitioner(table.schema(), table.spec(), factory.rowType()));
    return rows.partitionCustom(partitioner, new WholeRow(rows.getType()));
  }

  private static Table load(TableLoader tableLoader) {
    try (TableLoader loader = tableLoader.clone()) {
      loader.open();
      return loader.loadTable();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireCheckpoints(
      StreamExecutionEnvironment environment, TableSinkConfig config) {
    boolean batch =
        environment.getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
            == RuntimeExecutionMode.BATCH;
    boolean enabled = environment.getCheckpointConfig().isCheckpointingEnabled();
    if (config.kind() == TableSinkConfig.Kind.PIPELINE && (batch || !enabled)) {
      throw OrochiException.of(
              OrochiErrorCode.SINK_NEEDS_CHECKPOINTS,
              "Cannot run pipeline \"%s\" without checkpoints".formatted(config.writer()))
          .withHint(
              "Set '%s' and run it in streaming mode."
                  .formatted(CheckpointingOptions.CHECKPOINTING_INTERVAL.key()));
    }
    if (enabled && environment.getCheckpointConfig().isUnalignedCheckpointsEnabled()) {
      // A barrier that overtakes rows would let a position overtake them too.
      throw OrochiException.of(
              OrochiErrorCode.SINK_NEEDS_CHECKPOINTS,
              "Cannot write to a table with unaligned checkpoints")
          .withHint("Set '%s' to false.".formatted(CheckpointingOptions.ENABLE_UNALIGNED.key()));
    }
  }
}
