package io.orochi.catalog.flink.source;

import io.orochi.catalog.flink.source.filter.KernelFilter;
import io.orochi.catalog.flink.source.filter.KernelFilters;
import io.orochi.catalog.flink.source.kernel.SharedKernels;
import io.orochi.catalog.flink.source.scan.KernelQuery;
import io.orochi.catalog.flink.source.scan.KernelScan;
import io.orochi.catalog.flink.source.scan.KernelScan.Reading;
import io.orochi.catalog.flink.source.scan.ReadRows;
import io.orochi.table.kernel.scan.ScanRequest.SchemaOf;
import io.orochi.table.kernel.sql.SqlText;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.RowLevelModificationScanContext;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsRowLevelModificationScan;
import org.apache.flink.table.connector.source.abilities.SupportsStatisticReport;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * A batch read of one table through the kernel, inside Flink's tasks. Takes over projections,
 * limits, local aggregates and every condition that the kernel answers exactly as Flink does; the
 * rest stays with Flink. The table is pinned when it is first looked at, which is while the
 * statement is optimised: parsing and validation alone load nothing.
 */
public class KernelTableSource
    implements ScanTableSource,
        SupportsProjectionPushDown,
        SupportsFilterPushDown,
        SupportsLimitPushDown,
        SupportsStatisticReport,
        SupportsReadingMetadata,
        SupportsRowLevelModificationScan {
  private final PinnedTable pinned;
  private final List<String> folders;
  private RowType produced;
  private List<KernelFilter> filters = List.of();
  private ComputedColumns computed;
  private PartialAggregates aggregates;
  private long limit = KernelQuery.NO_LIMIT;
  private List<String> places = List.of();

  /**
   * A source that takes over what Flink's planner can offer it.
   *
   * @param loader of the table, where the statement is planned
   * @param rowType all columns
   * @param table its options, and whether it is a table of the past
   * @param folders under which tasks read data files in place
   */
  public static KernelTableSource of(
      Supplier<Table> loader, RowType rowType, CatalogTable table, List<String> folders) {
    return of(loader, rowType, table, folders, Reading.ROWS);
  }

  /** The same over the changes of a table. */
  public static KernelTableSource ofChanges(
      Supplier<Table> loader, RowType rowType, CatalogTable table, List<String> folders) {
    return of(loader, rowType, table, folders, Reading.CHANGES);
  }

  private static KernelTableSource of(
      Supplier<Table> loader,
      RowType rowType,
      CatalogTable table,
      List<String> folders,
      Reading reading) {
    SchemaOf schemaOf = table.getSnapshot().isPresent() ? SchemaOf.SNAPSHOT : SchemaOf.TABLE;
    PinnedTable pinned = new PinnedTable(loader, table.getOptions(), schemaOf, reading, rowType);
    return AggregatingTableSource.canPlan(rowType)
        ? new AggregatingTableSource(pinned, rowType, folders)
        : new KernelTableSource(pinned, rowType, folders);
  }

  KernelTableSource(PinnedTable pinned, RowType produced, List<String> folders) {
    this.pinned = pinned;
    this.produced = produced;
    this.folders = List.copyOf(folders);
  }

  KernelTableSource(KernelTableSource other) {
    this(other.pinned, other.produced, other.folders);
    filters = other.filters;
    computed = other.computed;
    aggregates = other.aggregates;
    limit = other.limit;
    places = other.places;
  }

  /** Whether the kernel can read a table with such options; the stock source reads the others. */
  public static boolean reads(Map<String, String> options) {
    return ReadOptions.kernelReads(options);
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    return new AsPlanned(new KernelTableSource(this));
  }

  /** Validation asks only whether rows end, of queries that another engine will run too. */
  private record AsPlanned(KernelTableSource source) implements SourceProvider {
    @Override
    public Source<RowData, ?, ?> createSource() {
      return new KernelSource(source.scan());
    }

    @Override
    public boolean isBounded() {
      return true;
    }
  }

  @Override
  public boolean supportsNestedProjection() {
    return true;
  }

  /** Fields of rows get names of the planner's own, and are no columns of the table. */
  @Override
  public void applyProjection(int[][] fields, DataType producedType) {
    RowType wanted = (RowType) producedType.getLogicalType();
    if (Arrays.stream(fields).anyMatch(path -> path.length > 1)) {
      computed = NestedColumns.of(produced, fields, wanted);
    }
    produced = wanted;
  }

  /** Where a row lies; the planner keeps to the order. */
  @Override
  public Map<String, DataType> listReadableMetadata() {
    Map<String, DataType> readable = new LinkedHashMap<>();
    if (pinned.reading() != Reading.CHANGES) {
      readable.put(ReadRows.FILE, DataTypes.STRING().notNull());
      readable.put(ReadRows.POSITION, DataTypes.BIGINT().notNull());
    }
    return readable;
  }

  @Override
  public void applyReadableMetadata(List<String> keys, DataType producedType) {
    places = List.copyOf(keys);
    produced = (RowType) producedType.getLogicalType();
  }

  /** The first source of a table that is asked is the one whose rows change. */
  @Override
  public RowLevelModificationScanContext applyRowLevelModificationScan(
      RowLevelModificationType type, RowLevelModificationScanContext previous) {
    if (previous != null) {
      return previous;
    }
    Table table = pinned.table();
    Snapshot current = table.currentSnapshot();
    Long snapshotId = pinned.snapshotId();
    if (snapshotId == null && current != null) {
      snapshotId = current.snapshotId();
    }
    return new ReadRows(table, snapshotId);
  }

  @Override
  public Result applyFilters(List<ResolvedExpression> conditions) {
    if (computed != null) {
      return Result.of(List.of(), conditions);
    }
    KernelFilters converter = new KernelFilters(pinned.schema());
    List<ResolvedExpression> accepted = new ArrayList<>();
    List<ResolvedExpression> remaining = new ArrayList<>();
    List<KernelFilter> all = new ArrayList<>(filters);
    for (ResolvedExpression condition : conditions) {
      Optional<KernelFilter> filter = converter.convert(condition);
      filter.ifPresent(all::add);
      (filter.isPresent() ? accepted : remaining).add(condition);
    }
    filters = List.copyOf(all);
    return Result.of(accepted, remaining);
  }

  @Override
  public void applyLimit(long most) {
    limit = most;
  }

  /** Takes over local aggregates, or none of them. */
  final boolean aggregate(
      List<int[]> groupingSets, List<AggregateExpression> calls, DataType producedType) {
    if (groupingSets.size() != 1 || !places.isEmpty()) {
      return false;
    }
    Optional<KernelTableSource> partial =
        aggregating(groupingSets.get(0), calls, (RowType) producedType.getLogicalType());
    partial.ifPresent(
        found -> {
          aggregates = found.aggregates;
          produced = found.produced;
        });
    return partial.isPresent();
  }

  /** The rows of the files that the conditions leave over, and what is known of the columns. */
  @Override
  public TableStats reportStatistics() {
    if (pinned.reading() == Reading.CHANGES) {
      return TableStats.UNKNOWN;
    }
    KernelScan scan = scan();
    long rows = 0;
    for (FileScanTask file : SharedKernels.planner().plan(scan.table(), scan.request()).tasks()) {
      rows += file.file().recordCount();
      for (DeleteFile delete : file.deletes()) {
        rows -= delete.content() == FileContent.POSITION_DELETES ? delete.recordCount() : 0;
      }
    }
    Table table = pinned.table();
    Snapshot snapshot =
        pinned.snapshotId() == null ? table.currentSnapshot() : table.snapshot(pinned.snapshotId());
    return SourceStatistics.of(table, snapshot, Math.max(0, rows));
  }

  /** The table as the statement reads it. */
  public Table table() {
    return pinned.table();
  }

  /** Null for the current snapshot of {@link #table}. */
  public Long snapshotId() {
    return pinned.snapshotId();
  }

  /** The columns of the table by their names and types at that snapshot. */
  public Schema schema() {
    return pinned.schema();
  }

  /** What the columns of the scan are called now, in their order. */
  public List<String> columnNames() {
    return produced.getFieldNames();
  }

  /** Whether the columns of the scan are still columns of the table, all rows of them. */
  public boolean isPlain() {
    return computed == null
        && aggregates == null
        && limit == KernelQuery.NO_LIMIT
        && places.isEmpty();
  }

  /** A source of other columns in place of this one's, which must be {@link #isPlain}. */
  public KernelTableSource computing(ComputedColumns columns) {
    if (!isPlain()) {
      throw new IllegalStateException("The columns of this scan are no longer the table's");
    }
    KernelTableSource source = new KernelTableSource(this);
    source.computed = columns;
    source.produced = columns.produced();
    return source;
  }

  /**
   * A source of local aggregates in place of the rows.
   *
   * @param grouping columns of the scan
   * @param calls of Flink's own functions
   * @param buffers the keys, then the buffers of the functions
   * @return empty if one of the aggregates cannot be computed exactly as Flink would
   */
  public Optional<KernelTableSource> aggregating(
      int[] grouping, List<AggregateExpression> calls, RowType buffers) {
    if (aggregates != null || !places.isEmpty() || limit != KernelQuery.NO_LIMIT) {
      return Optional.empty();
    }
    return PartialAggregates.of(produced, grouping, calls, buffers)
        .map(
            partial -> {
              KernelTableSource source = new KernelTableSource(this);
              source.aggregates = partial;
              source.produced = partial.produced();
              return source;
            });
  }

  /** What the kernel is asked, which tells two sources over one table apart. */
  public String kernelSql() {
    return query().sql(SqlText.identifier(pinned.table().name()));
  }

  @Override
  public DynamicTableSource copy() {
    return new KernelTableSource(this);
  }

  @Override
  public String asSummaryString() {
    return "KernelTableSource";
  }

  private KernelScan scan() {
    List<String> names = produced.getFieldNames().subList(0, columnCount());
    Set<String> columns = new LinkedHashSet<>();
    if (computed != null) {
      columns.addAll(computed.columns());
    } else {
      columns.addAll(aggregates == null ? names : aggregates.columns());
    }
    Expression pruning = computed == null ? Expressions.alwaysTrue() : computed.pruning();
    for (KernelFilter filter : filters) {
      columns.addAll(filter.columns());
      pruning = Expressions.and(pruning, filter.pruning());
    }
    return new KernelScan(
        pinned.table(),
        pinned.snapshotId(),
        pinned.schemaOf(),
        places.isEmpty() ? pinned.reading() : Reading.PLACED_ROWS,
        List.copyOf(columns),
        pruning,
        query(),
        produced,
        computed == null ? ZoneOffset.UTC : computed.timeZone(),
        folders);
  }

  /** Places come after the columns. */
  private int columnCount() {
    return produced.getFieldCount() - places.size();
  }

  private List<String> values() {
    List<String> values = new ArrayList<>(produced.getFieldNames().subList(0, columnCount()));
    values.addAll(places);
    return values.stream().map(SqlText::identifier).toList();
  }

  private KernelQuery query() {
    List<String> conditions = new ArrayList<>(filters.stream().map(KernelFilter::sql).toList());
    List<String> named = new ArrayList<>();
    if (computed != null) {
      conditions.addAll(computed.conditions());
      for (int i = 0; i < computed.values().size(); i++) {
        String name = SqlText.identifier(computed.produced().getFieldNames().get(i));
        named.add(computed.values().get(i) + " AS " + name);
      }
      places.forEach(place -> named.add(SqlText.identifier(place)));
    }
    return new KernelQuery(
        named,
        aggregates == null ? values() : aggregates.values(),
        conditions,
        aggregates == null ? List.of() : aggregates.keys(),
        limit);
  }
}
