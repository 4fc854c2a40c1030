package io.orochi.gateway.statement;

import io.orochi.gateway.plan.asof.AsofWords;
import io.orochi.gateway.plan.insert.InsertedColumns;
import io.orochi.gateway.plan.params.TypedMarks;
import io.orochi.gateway.plan.planner.SessionPlanner;
import io.orochi.gateway.plan.sql.GroupKeys;
import io.orochi.gateway.plan.sql.SqlToken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.flink.sql.parser.dml.RichSqlInsert;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.planner.calcite.FlinkPlannerImpl;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.VarCharType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client should bind to each {@code ?}: the type its place asks for, else text. */
final class ParameterTypes {
  private static final Set<SqlKind> ARITHMETIC =
      Set.of(SqlKind.PLUS, SqlKind.MINUS, SqlKind.TIMES, SqlKind.DIVIDE);
  private static final List<LogicalTypeRoot> ROOM =
      List.of(
          LogicalTypeRoot.TINYINT,
          LogicalTypeRoot.SMALLINT,
          LogicalTypeRoot.INTEGER,
          LogicalTypeRoot.BIGINT,
          LogicalTypeRoot.DECIMAL,
          LogicalTypeRoot.FLOAT,
          LogicalTypeRoot.DOUBLE);
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
    List<LogicalType> types = inferred(sql, parameters, environment);
    types.replaceAll(type -> type == null ? text() : type);
    return types;
  }

  /**
   * An INSERT that makes no sense with a null of no type, as in {@code ? + 1}; empty if the places
   * of its {@code ?} tell no type.
   */
  static Optional<TypedMarks> typed(
      String sql, int parameters, TableEnvironmentInternal environment) {
    List<LogicalType> types = TypedMarks.unknown(parameters);
    if (SessionPlanner.of(environment).parser().parse(sql) instanceof RichSqlInsert insert) {
      List<LogicalType> columns =
          InsertedColumns.of(insert, ((TableEnvironmentImpl) environment).getCatalogManager())
              .orElse(List.of());
      List<SqlNode> values = values(insert.getSource());
      if (values.isEmpty()) {
        note(insert.getSource(), types, environment);
      }
      for (int i = 0; i < values.size() && !columns.isEmpty(); i++) {
        LogicalType column = columns.get(i % columns.size());
        if (!(values.get(i) instanceof SqlDynamicParam)) {
          note(asSelect(values.get(i)), types, environment);
        }
        values.get(i).accept(new ColumnTypes(column, types));
        widen(values.get(i), column, types);
      }
    }
    return types.stream().allMatch(Objects::isNull)
        ? Optional.empty()
        : Optional.of(TypedMarks.of(sql, SqlToken.of(sql), types));
  }

  /** Row by row; empty for an INSERT of a query. */
  private static List<SqlNode> values(SqlNode source) {
    List<SqlNode> values = new ArrayList<>();
    if (source.getKind() == SqlKind.VALUES) {
      for (SqlNode row : ((SqlCall) source).getOperandList()) {
        values.addAll(((SqlCall) row).getOperandList());
      }
    }
    return values;
  }

  /** The validator infers types in a SELECT, but not in VALUES. */
  private static SqlNode asSelect(SqlNode value) {
    SqlParserPos at = value.getParserPosition();
    SqlNodeList list = new SqlNodeList(List.of(value), at);
    return new SqlSelect(
        at, null, list, null, null, null, null, null, null, null, null, null, null);
  }

  /** Leaves out what cannot be understood without the types. */
  private static void note(
      SqlNode query, List<LogicalType> types, TableEnvironmentInternal environment) {
    try {
      FlinkPlannerImpl planner = SessionPlanner.of(environment);
      SqlNode validated = planner.validate(query);
      validated.accept(new MarkTypes(planner.getOrCreateSqlValidator(), types));
    } catch (RuntimeException unknown) {
      LOG.debug("The types of parameters are not known", unknown);
    }
  }

  /** What nothing else tells is of the type of the column it goes to. */
  private static final class ColumnTypes extends SqlBasicVisitor<Void> {
    private final LogicalType column;
    private final List<LogicalType> types;

    ColumnTypes(LogicalType column, List<LogicalType> types) {
      this.column = column;
      this.types = types;
    }

    @Override
    public Void visit(SqlDynamicParam mark) {
      if (types.get(mark.getIndex()) == null) {
        types.set(mark.getIndex(), column);
      }
      return null;
    }
  }

  /**
   * A {@code ?} in an arithmetic expression is taken for its neighbour's type, which may have less
   * room than the column: {@code ? + 1} of a DOUBLE is not of whole numbers.
   */
  private static void widen(SqlNode value, LogicalType column, List<LogicalType> types) {
    if (ARITHMETIC.contains(value.getKind())) {
      for (SqlNode operand : ((SqlCall) value).getOperandList()) {
        if (operand instanceof SqlDynamicParam mark
            && room(column) > room(types.get(mark.getIndex()))) {
          types.set(mark.getIndex(), column);
        }
      }
    }
  }

  /** More for a type of numbers that holds those of another; 0 for what is no number. */
  private static int room(LogicalType type) {
    return type == null ? 0 : ROOM.indexOf(type.getTypeRoot()) + 1;
  }

  private static final class MarkTypes extends SqlBasicVisitor<Void> {
    private final SqlValidator validator;
    private final List<LogicalType> types;

    MarkTypes(SqlValidator validator, List<LogicalType> types) {
      this.validator = validator;
      this.types = types;
    }

    @Override
    public Void visit(SqlDynamicParam mark) {
      note(types, mark.getIndex(), validator.getValidatedNodeTypeIfKnown(mark));
      return null;
    }
  }

  private static void note(List<LogicalType> types, int parameter, RelDataType type) {
    if (type != null
        && type.getSqlTypeName() != SqlTypeName.UNKNOWN
        && type.getSqlTypeName() != SqlTypeName.NULL) {
      types.set(parameter, FlinkTypeFactory.toLogicalType(type));
    }
  }

  /** Null where nothing is known. */
  private static List<LogicalType> inferred(
      String sql, int parameters, TableEnvironmentInternal environment) {
    List<LogicalType> types = TypedMarks.unknown(parameters);
    try {
      FlinkPlannerImpl planner = SessionPlanner.of(environment);
      SqlNode validated =
          GroupKeys.resolving(
              AsofWords.in(sql).blanked(), text -> planner.validate(planner.parser().parse(text)));
      RelDataType row = planner.getOrCreateSqlValidator().getParameterRowType(validated);
      for (RelDataTypeField field : row.getFieldList()) {
        note(types, field.getIndex(), field.getType());
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
