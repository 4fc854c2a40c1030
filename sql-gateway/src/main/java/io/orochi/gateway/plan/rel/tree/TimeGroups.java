package io.orochi.gateway.plan.rel.tree;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Rows of one table in groups that {@code time_bucket} cuts a time column into, perhaps by other
 * keys too.
 *
 * @param column of the table
 * @param widthMicros of a bucket, more than 0; buckets are counted from 2000-01-03 00:00
 */
public record TimeGroups(String column, long widthMicros) {
  private static final long MICROS_PER_MILLI = 1_000;
  private static final BigDecimal WIDEST = BigDecimal.valueOf(366L * 86_400_000);

  /**
   * Empty if the field is anything else than such a bucket.
   *
   * @param field of the grouped rows
   */
  public static Optional<TimeGroups> of(RelNode grouped, int field) {
    RelNode node = grouped;
    int key = field;
    while (!(node instanceof Aggregate)) {
      if (node instanceof Project project
          && project.getProjects().get(key) instanceof RexInputRef reference
          && project.getProjects().stream().allMatch(OneTable::isPlain)) {
        key = reference.getIndex();
        node = project.getInput();
      } else if (node instanceof Filter filter && OneTable.isPlain(filter.getCondition())) {
        node = filter.getInput();
      } else {
        return Optional.empty();
      }
    }
    Aggregate aggregate = (Aggregate) node;
    boolean simple =
        aggregate.getGroupType() == Aggregate.Group.SIMPLE
            && key < aggregate.getGroupCount()
            && OneTable.isUnder(aggregate.getInput());
    return simple
        ? bucket(aggregate.getInput(), aggregate.getGroupSet().nth(key))
        : Optional.empty();
  }

  private static Optional<TimeGroups> bucket(RelNode rows, int field) {
    RelNode node = rows;
    int column = field;
    long width = 0;
    while (!(node instanceof TableScan)) {
      if (node instanceof Project project) {
        RexNode value = project.getProjects().get(column);
        if (width == 0 && !(value instanceof RexInputRef)) {
          width = width(value);
          value = width == 0 ? value : ((RexCall) value).getOperands().get(1);
        }
        if (!(value instanceof RexInputRef reference)) {
          return Optional.empty();
        }
        column = reference.getIndex();
      }
      node = node.getInput(0);
    }
    String name = node.getRowType().getFieldNames().get(column);
    return width == 0 ? Optional.empty() : Optional.of(new TimeGroups(name, width));
  }

  /** 0 if the value is no bucket of a fixed width. */
  private static long width(RexNode value) {
    if (!(value instanceof RexCall call)
        || !call.getOperator().getName().equalsIgnoreCase("TIME_BUCKET")
        || call.getOperands().size() != 2
        || !(call.getOperands().get(0) instanceof RexLiteral width)
        || !SqlTypeName.DAY_INTERVAL_TYPES.contains(width.getType().getSqlTypeName())
        || !List.of(SqlTypeName.TIMESTAMP, SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
            .contains(call.getOperands().get(1).getType().getSqlTypeName())) {
      return 0;
    }
    BigDecimal millis = width.getValueAs(BigDecimal.class);
    return millis == null || millis.signum() <= 0 || millis.compareTo(WIDEST) > 0
        ? 0
        : millis.longValue() * MICROS_PER_MILLI;
  }
}
