package io.orochi.catalog.flink.sink;

import io.orochi.catalog.flink.sink.change.RowChange;
import io.orochi.catalog.flink.sink.change.RowChangeOperator;
import io.orochi.catalog.flink.source.scan.ReadRows;
import io.orochi.table.commit.ChangeKind;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.TableDistribution;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.RowLevelModificationScanContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.abilities.SupportsBucketing;
import org.apache.flink.table.connector.sink.abilities.SupportsPartitioning;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelDelete;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelUpdate;
import org.apache.flink.table.connector.sink.abilities.SupportsTruncate;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.flink.TableLoader;

/**
 * The sink of {@code INSERT INTO}: append only, exactly once, in batch and streaming. A batch
 * statement commits once, when its input ends; a streaming one with each checkpoint. DELETE and
 * UPDATE of a batch job end in one commit with deletion vectors. {@code INSERT OVERWRITE} and
 * changelogs with updates are refused by the planner.
 */
public final class OrochiTableSink
    implements DynamicTableSink,
        SupportsBucketing,
        SupportsPartitioning,
        SupportsTruncate,
        SupportsRowLevelDelete,
        SupportsRowLevelUpdate {
  /** The job's accumulator that counts the rows it has committed. */
  public static final String ROWS_ACCUMULATOR = "orochi.rows";

  private final TableLoader tableLoader;
  private final ResolvedSchema schema;
  private final Map<String, String> options;
  private final List<String> folders;
  private RowChange change;

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
        if (change != null) {
          return change(rows, change);
        }
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

  private DataStreamSink<?> change(DataStream<RowData> rows, RowChange rowChange) {
    return rows.global()
        .transform(
            SinkNames.CHANGE_NAME,
            TableSink.PART_TYPE,
            new RowChangeOperator(tableLoader, rowChange, StatementRows::new, ROWS_ACCUMULATOR))
        .setParallelism(1)
        .setMaxParallelism(1)
        .uid(SinkNames.CHANGE_UID)
        .sinkTo(new DiscardingSink<>())
        .name(SinkNames.END_NAME)
        .uid(SinkNames.END_UID)
        .setParallelism(1);
  }

  @Override
  public RowLevelDeleteInfo applyRowLevelDelete(RowLevelModificationScanContext context) {
    List<Column> required = placed(schema.getColumns().subList(0, 1));
    change = rowChange(ChangeKind.DELETE, context, 1);
    return new RowLevelDeleteInfo() {
      @Override
      public Optional<List<Column>> requiredColumns() {
        return Optional.of(required);
      }
    };
  }

  @Override
  public RowLevelUpdateInfo applyRowLevelUpdate(
      List<Column> updated, RowLevelModificationScanContext context) {
    List<Column> required = placed(schema.getColumns());
    change = rowChange(ChangeKind.UPDATE, context, schema.getColumnCount());
    return new RowLevelUpdateInfo() {
      @Override
      public Optional<List<Column>> requiredColumns() {
        return Optional.of(required);
      }
    };
  }

  private static List<Column> placed(List<Column> columns) {
    List<Column> all = new ArrayList<>(columns);
    all.add(Column.metadata(ReadRows.FILE, DataTypes.STRING().notNull(), ReadRows.FILE, true));
    all.add(
        Column.metadata(ReadRows.POSITION, DataTypes.BIGINT().notNull(), ReadRows.POSITION, true));
    return all;
  }

  private RowChange rowChange(
      ChangeKind kind, RowLevelModificationScanContext context, int columns) {
    if (!(context instanceof ReadRows read)) {
      throw OrochiException.of(
              OrochiErrorCode.STATEMENT_NOT_SUPPORTED, "Cannot change rows of this table on Flink")
          .withDetail("Only the kernel's source knows where a row lies, and it does not read it.")
          .withHint(
              "Use batch mode, leave 'orochi.execution.kernel-source' true and read the table"
                  + " without hints.");
    }
    return new RowChange(
        "change-" + UUID.randomUUID(),
        kind,
        read.snapshotId(),
        read.table().schema().schemaId(),
        columns,
        folders);
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
    OrochiTableSink copy = new OrochiTableSink(tableLoader.clone(), schema, options, folders);
    copy.change = change;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "OrochiTableSink";
  }
}
