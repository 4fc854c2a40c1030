package io.orochi.gateway.plan.pushdown;

import io.orochi.catalog.flink.source.ComputedColumns;
import io.orochi.catalog.flink.source.KernelTableSource;
import io.orochi.gateway.plan.KernelZones;
import io.orochi.gateway.plan.rex.RexSql;
import io.orochi.gateway.plan.rex.value.Inputs;
import io.orochi.gateway.plan.rex.value.Overflow;
import io.orochi.gateway.plan.rex.value.RexContext;
import io.orochi.gateway.plan.rex.value.Subqueries;
import io.orochi.gateway.plan.scan.Pruning;
import io.orochi.gateway.plan.scan.Relation;
import io.orochi.gateway.plan.scan.Scan;
import io.orochi.gateway.plan.scan.ScanColumn;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.SqlText;
import io.orochi.table.kernel.scan.ScanRequest.SchemaOf;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** Writes the expressions above one scan in the kernel's SQL. */
final class CalcWriter {
  private final KernelTableSource source;
  private final ZoneId zone;
  private final Scan scan;
  private final Set<String> read = new LinkedHashSet<>();

  CalcWriter(KernelTableSource source, ZoneId zone) {
    this.source = source;
    this.zone = zone;
    this.scan =
        new Scan(
            new Relation.Stored(
                source.table().name(), source.table(), source.snapshotId(), SchemaOf.TABLE));
  }

  /**
   * @throws CannotExpress if the kernel would not always give Flink's values
   */
  ComputedColumns write(RexProgram program) {
    // No expression that depends on the time is written, see Unfailing.
    Instant now = Instant.EPOCH;
    RexSql rex = new RexSql(new RexContext(zone, now, NoSubqueries.INSTANCE, Overflow.AS_FLINK));
    Inputs inputs = index -> SqlText.identifier(column(index).name());
    List<String> values = new ArrayList<>();
    List<RowType.RowField> fields = new ArrayList<>();
    for (int i = 0; i < program.getProjectList().size(); i++) {
      RexNode value = program.expandLocalRef(program.getProjectList().get(i));
      Unfailing.require(value);
      values.add(rex.write(value, inputs));
      note(value);
      LogicalType type = FlinkTypeFactory.toLogicalType(type(program, i));
      fields.add(new RowType.RowField("c" + i, type));
    }
    List<String> conditions = new ArrayList<>();
    if (program.getCondition() != null) {
      Pruning pruning = new Pruning(zone, now);
      RexNode condition = program.expandLocalRef(program.getCondition());
      pruning.push(condition, index -> new ScanColumn(scan, column(index).name(), type(index)));
      for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
        Unfailing.require(conjunct);
        conditions.add(rex.write(conjunct, inputs));
        note(conjunct);
      }
    }
    return new ComputedColumns(
        values, conditions, scan.filter(), read, new RowType(fields), KernelZones.of(zone));
  }

  private static RelDataType type(RexProgram program, int column) {
    RelDataTypeField field = program.getOutputRowType().getFieldList().get(column);
    return field.getType();
  }

  /** A UUID is text to the kernel's functions and bytes to Flink's. */
  private void note(RexNode expression) {
    for (int index : RelOptUtil.InputFinder.bits(expression)) {
      if (type(index).typeId() == Type.TypeID.UUID && !(expression instanceof RexInputRef)) {
        throw new CannotExpress("an expression of the UUID column " + column(index).name());
      }
      read.add(column(index).name());
    }
  }

  private Type type(int index) {
    return column(index).type();
  }

  private NestedField column(int index) {
    String name = source.columnNames().get(index);
    NestedField field = source.schema().findField(name);
    if (field == null) {
      throw new CannotExpress("the column " + name);
    }
    return field;
  }

  /** Flink has made joins of them before. */
  private enum NoSubqueries implements Subqueries {
    INSTANCE;

    @Override
    public String select(RelNode relation) {
      throw new CannotExpress("a subquery");
    }

    @Override
    public String selectRows(RelNode relation) {
      throw new CannotExpress("a subquery");
    }

    @Override
    public String correlated(String variable, int index) {
      throw new CannotExpress("an outer row");
    }
  }
}
