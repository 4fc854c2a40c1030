package io.orochi.gateway.statement;

import io.orochi.gateway.plan.asof.AsofWords;
import io.orochi.gateway.plan.planner.SessionPlanner;
import io.orochi.gateway.plan.sql.GroupKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.planner.calcite.FlinkPlannerImpl;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client should bind to each {@code ?}: the type its place asks for, else text. */
final class ParameterTypes {
  private static final Logger LOG = LoggerFactory.getLogger(ParameterTypes.class);

  private ParameterTypes() {}

  /**
   * @param bound the statement with null for every parameter, parsed
   */
  static List<LogicalType> of(
      String sql, int parameters, Operation bound, TableEnvironmentInternal environment) {
    if (parameters == 0) {
      return List.of();
    } else if (bound instanceof SinkModifyOperation insert
        && !insert.isUpdate()
        && !insert.isDelete()) {
      List<LogicalType> columns =
          insert.getContextResolvedTable().getResolvedSchema().getColumnDataTypes().stream()
              .map(type -> type.getLogicalType())
              .toList();
      // INSERT INTO t VALUES (?, …), (?, …): the values repeat the columns.
      if (parameters % columns.size() == 0) {
        return Collections.nCopies(parameters / columns.size(), columns).stream()
            .flatMap(List::stream)
            .toList();
      }
    }
    return inferred(sql, parameters, environment);
  }

  private static List<LogicalType> inferred(
      String sql, int parameters, TableEnvironmentInternal environment) {
    List<LogicalType> types = new ArrayList<>(Collections.nCopies(parameters, text()));
    try {
      FlinkPlannerImpl planner = SessionPlanner.of(environment);
      SqlNode validated =
          GroupKeys.resolving(
              AsofWords.in(sql).blanked(), text -> planner.validate(planner.parser().parse(text)));
      RelDataType row = planner.getOrCreateSqlValidator().getParameterRowType(validated);
      for (RelDataTypeField field : row.getFieldList()) {
        if (field.getType().getSqlTypeName() != SqlTypeName.UNKNOWN
            && field.getType().getSqlTypeName() != SqlTypeName.NULL) {
          types.set(field.getIndex(), FlinkTypeFactory.toLogicalType(field.getType()));
        }
      }
    } catch (RuntimeException unknown) {
      LOG.debug("Parameters are announced as text", unknown);
    }
    return types;
  }

  private static LogicalType text() {
    return new VarCharType(VarCharType.MAX_LENGTH);
  }
}
