package io.orochi.gateway.change;

import io.orochi.catalog.flink.ddl.PlannedColumns;
import io.orochi.gateway.change.ChangePlan.RowShape;
import io.orochi.gateway.plan.EngineChoice;
import io.orochi.gateway.plan.QueryPlanner;
import io.orochi.gateway.plan.QueryPlanner.PlannedTree;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.scan.Scan;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.table.commit.ChangeBasis;
import io.orochi.table.commit.ChangeKind;
import io.orochi.table.kernel.scan.ScanPlanner;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Binder;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Plans INSERT, UPDATE, DELETE and MERGE for the kernel. Safe to share between sessions. */
public final class ChangePlanner {
  private final QueryPlanner queries;
  private final Clock clock;
  private final KeyTurns turns = new KeyTurns();

  public ChangePlanner(QueryPlanner queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /** A session's part in planning. */
  public record Session(
      TableEnvironmentInternal environment, QuerySettings settings, ChangeTarget target) {}

  /**
   * Plans a change on the table as it is now.
   *
   * @throws CannotExpress if the kernel does not run it
   */
  public ChangePlan plan(ModifyOperation operation, Session session) {
    requireKernel(session);
    if (operation instanceof MergeOperation merge) {
      int columns = merge.target().columns();
      RowShape shape = new RowShape(columns, columns, columns + 1);
      return plan(ChangeKind.MERGE, merge.target(), merge.rows(), shape, session);
    }
    if (operation instanceof CreateTableASOperation create) {
      return created(create, session);
    }
    if (!(operation instanceof SinkModifyOperation modify)
        || !(modify.getChild() instanceof PlannerQueryOperation query)
        || !modify.getDynamicOptions().isEmpty()
        || !modify.getStaticPartitions().isEmpty()) {
      throw new CannotExpress("this change");
    }
    TargetTable target =
        TargetTable.of(modify.getContextResolvedTable())
            .orElseThrow(() -> new CannotExpress("a change of a table of another catalog"));
    RelNode tree = query.getCalciteTree();
    int columns = target.columns();
    if (modify.isDelete()) {
      RelNode rows = ChangeTrees.deleted((TableModify) tree);
      return plan(ChangeKind.DELETE, target, rows, new RowShape(0, -1, 0), session);
    }
    if (modify.isUpdate()) {
      RelNode rows = ChangeTrees.updated((TableModify) tree, target, session.environment());
      RowShape shape = new RowShape(columns, -1, columns, keys((TableModify) tree, target));
      return plan(ChangeKind.UPDATE, target, rows, shape, session);
    }
    RelNode rows = ChangeTrees.rowsOf(tree, target, session.environment());
    return plan(
        modify.isOverwrite() ? ChangeKind.OVERWRITE : ChangeKind.APPEND,
        target,
        rows,
        new RowShape(columns, -1, -1),
        session);
  }

  /** Of all sessions. */
  public KeyTurns turns() {
    return turns;
  }

  /** Finds the files that scans read. */
  public ScanPlanner files() {
    return queries.files();
  }

  private static ChangePlan.Keys keys(TableModify update, TargetTable target) {
    List<String> changed = update.getUpdateColumnList();
    boolean ofKey =
        changed == null
            || target
                .schema()
                .getPrimaryKey()
                .filter(key -> key.getColumns().stream().anyMatch(changed::contains))
                .isPresent();
    return ofKey ? ChangePlan.Keys.NEW : ChangePlan.Keys.KEPT;
  }

  /** The table of a CREATE TABLE … AS; empty if it would not be stored in an Orochi catalog. */
  public Optional<CreatedTable> created(
      CreateTableASOperation create, TableEnvironmentInternal environment) {
    return CreatedTable.of(create, environment, clock);
  }

  /** The target's table is one that does not exist yet. */
  private ChangePlan created(CreateTableASOperation create, Session session) {
    if (!(session.target() instanceof CreatedTable created)
        || !(create.getChild() instanceof PlannerQueryOperation query)) {
      throw new CannotExpress("this CREATE TABLE … AS");
    }
    TargetTable target = created.target();
    RelNode rows = ChangeTrees.rowsOf(query.getCalciteTree(), target, session.environment());
    return plan(ChangeKind.APPEND, target, rows, new RowShape(target.columns(), -1, -1), session);
  }

  private ChangePlan plan(
      ChangeKind kind, TargetTable target, RelNode rows, RowShape shape, Session session) {
    TargetRelations relations = new TargetRelations(session.target(), session.settings(), clock);
    Table table = relations.load(session.target(), target);
    if (!(session.target() instanceof CreatedTable)) {
      PlannedColumns.require(
          target.name(),
          table.schema(),
          (RowType) target.schema().toPhysicalRowDataType().getLogicalType());
    }
    PlannedTree planned = queries.planTree(rows, relations, session.settings());
    boolean fits = planned.query().bytesRead() <= session.settings().poolBytes();
    if (kind == ChangeKind.APPEND && !fits && session.settings().engine() == EngineChoice.AUTO) {
      throw new CannotExpress("a query of this size");
    }
    CoveredFiles covered =
        kind == ChangeKind.DELETE
            ? CoveredFiles.of(rows, planned, session.settings(), clock.instant(), queries.files())
            : CoveredFiles.none(planned.query());
    return new ChangePlan(
        kind,
        table,
        basis(kind, table, planned, session.target()),
        covered.files(),
        covered.query(),
        ChangeTrees.schema(rows),
        shape);
  }

  private static void requireKernel(Session session) {
    if (session.settings().engine() == EngineChoice.FLINK) {
      throw new CannotExpress("anything while orochi.execution.engine is flink");
    }
    if (session.environment().getConfig().get(ExecutionOptions.RUNTIME_MODE)
        == RuntimeExecutionMode.STREAMING) {
      throw new CannotExpress("a streaming session (execution.runtime-mode)");
    }
  }

  private static ChangeBasis basis(
      ChangeKind kind, Table table, PlannedTree planned, ChangeTarget target) {
    if (kind == ChangeKind.APPEND) {
      return ChangeBasis.nothing();
    }
    Snapshot snapshot = table.currentSnapshot();
    Optional<Scan> placed = planned.scans().stream().filter(Scan::placesNeeded).findFirst();
    Expression filter =
        placed.map(scan -> bindable(table, scan.filter())).orElse(Expressions.alwaysTrue());
    return new ChangeBasis(
        snapshot == null ? null : snapshot.snapshotId(), target.isolation(), filter);
  }

  private static Expression bindable(Table table, Expression filter) {
    try {
      Binder.bind(table.schema().asStruct(), filter, true);
      return filter;
    } catch (ValidationException | IllegalArgumentException unusable) {
      return Expressions.alwaysTrue();
    }
  }
}
