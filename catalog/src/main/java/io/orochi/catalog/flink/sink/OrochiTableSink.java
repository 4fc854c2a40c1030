package io.orochi.catalog.flink.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.TableDistribution;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.abilities.SupportsBucketing;
import org.apache.flink.table.connector.sink.abilities.SupportsPartitioning;
import org.apache.flink.table.connector.sink.abilities.SupportsTruncate;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.flink.TableLoader;

/**
 * The sink of {@code INSERT INTO}: append only, exactly once, in batch and streaming. A batch
 * statement commits once, when its input ends; a streaming one with each checkpoint. {@code INSERT
 * OVERWRITE} and changelogs with updates are refused by the planner.
 */
public final class OrochiTableSink
    implements DynamicTableSink, SupportsBucketing, SupportsPartitioning, SupportsTruncate {
  /** The job's accumulator that counts the rows it has committed. */
  public static final String ROWS_ACCUMULATOR = "orochi.rows";

  private final TableLoader tableLoader;
  private final ResolvedSchema schema;
  private final Map<String, String> options;
  private final List<String> folders;

  /**
   * @param tableLoader opened by this class, on the client and on the cluster
   * @param schema the columns an INSERT gives, in the table's order
   * @param options the table's options
   * @param folders under which tasks read data files in place
   */
  public OrochiTableSink(
      TableLoader tableLoader,
      ResolvedSchema schema,
      Map<String, String> options,
      List<String> folders) {
    this.tableLoader = Objects.requireNonNull(tableLoader);
    this.schema = Objects.requireNonNull(schema);
    this.options = Map.copyOf(options);
    this.folders = List.copyOf(folders);
  }

  @Override
  public Set<TableDistribution.Kind> listAlgorithms() {
    return Set.of(TableDistribution.Kind.HASH);
  }

  @Override
  public boolean requiresBucketCount() {
    return false;
  }

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return ChangelogMode.insertOnly();
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    return new DataStreamSinkProvider() {
      @Override
      public DataStreamSink<?> consumeDataStream(
          ProviderContext providerContext, DataStream<RowData> rows) {
        String statement = "insert-" + UUID.randomUUID();
        int parallelism = rows.getParallelism();
        return TableSink.append(
            rows,
            tableLoader,
            TableSinkConfig.statement(statement, parallelism).withFolders(folders),
            (RowType) schema.toPhysicalRowDataType().getLogicalType());
      }
    };
  }

  /** Nothing to do: the planner has put the values of {@code PARTITION (…)} into the rows. */
  @Override
  public void applyStaticPartition(Map<String, String> partition) {}

  /** Removes all rows in one commit that reads none of them; older snapshots still hold them. */
  @Override
  public void executeTruncation() {
    try (TableLoader loader = tableLoader.clone()) {
      loader.open();
      loader.loadTable().newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public DynamicTableSink copy() {
    return new OrochiTableSink(tableLoader.clone(), schema, options, folders);
  }

  @Override
  public String asSummaryString() {
    return "OrochiTableSink";
  }
}
