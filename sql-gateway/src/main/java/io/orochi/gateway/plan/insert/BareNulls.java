package io.orochi.gateway.plan.insert;

import io.orochi.gateway.plan.planner.SessionPlanner;
import io.orochi.gateway.plan.sql.Parsing;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.flink.sql.parser.dml.RichSqlInsert;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.planner.operations.SqlNodeToOperationConversion;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * {@code INSERT INTO t VALUES (1, NULL)}: a NULL that stands for a column takes the column's type.
 * Flink's validator looks at the rows without the table they go to, and refuses a value without a
 * type.
 */
public final class BareNulls {
  private static final String INSERT = "INSERT";
  private static final String NULL = "NULL";

  private final List<LogicalType> columns;
  private boolean found;

  private BareNulls(List<LogicalType> columns) {
    this.columns = columns;
  }

  /**
   * Parses and validates an INSERT with such a NULL; empty for any other statement, which Flink can
   * be given as it is.
   */
  public static Optional<Operation> parse(String sql, TableEnvironmentInternal environment) {
    if (!mayHave(sql)) {
      return Optional.empty();
    }
    Optional<SqlNodeList> statements = Parsing.tryParse(sql);
    if (statements.isEmpty()
        || statements.get().size() != 1
        || !(statements.get().get(0) instanceof RichSqlInsert insert)) {
      return Optional.empty();
    }
    TableEnvironmentImpl session = (TableEnvironmentImpl) environment;
    CatalogManager catalogs = session.getCatalogManager();
    Optional<List<LogicalType>> columns = InsertedColumns.of(insert, catalogs);
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    BareNulls nulls = new BareNulls(columns.get());
    nulls.typeIn(insert.getSource());
    return nulls.found
        ? SqlNodeToOperationConversion.convert(SessionPlanner.of(environment), catalogs, insert)
        : Optional.empty();
  }

  /** Spares other statements a second parse. */
  private static boolean mayHave(String sql) {
    String start = sql.stripLeading();
    if (!start.regionMatches(true, 0, INSERT, 0, INSERT.length())) {
      return false;
    }
    for (int i = 0; i + NULL.length() <= start.length(); i++) {
      if (start.regionMatches(true, i, NULL, 0, NULL.length())) {
        return true;
      }
    }
    return false;
  }

  private void typeIn(SqlNode rows) {
    if (rows instanceof SqlOrderBy ordered) {
      typeIn(ordered.query);
    } else if (rows instanceof SqlWith with) {
      typeIn(with.body);
    } else if (rows instanceof SqlSelect select) {
      typeInList(select.getSelectList());
    } else if (rows.getKind() == SqlKind.VALUES || SqlKind.SET_QUERY.contains(rows.getKind())) {
      ((SqlCall) rows).getOperandList().forEach(this::typeIn);
    } else if (rows.getKind() == SqlKind.ROW) {
      typeInRow((SqlBasicCall) rows);
    }
  }

  private void typeInRow(SqlBasicCall row) {
    if (row.operandCount() == columns.size()) {
      for (int i = 0; i < columns.size(); i++) {
        row.setOperand(i, typed(row.operand(i), columns.get(i)));
      }
    }
  }

  private void typeInList(SqlNodeList items) {
    boolean hasStar =
        items.stream().anyMatch(item -> item instanceof SqlIdentifier name && name.isStar());
    if (hasStar || items.size() != columns.size()) {
      return;
    }
    for (int i = 0; i < columns.size(); i++) {
      if (items.get(i) instanceof SqlBasicCall call && call.getKind() == SqlKind.AS) {
        call.setOperand(0, typed(call.operand(0), columns.get(i)));
      } else {
        items.set(i, typed(items.get(i), columns.get(i)));
      }
    }
  }

  private SqlNode typed(SqlNode value, LogicalType column) {
    if (!SqlUtil.isNullLiteral(value, false)) {
      return value;
    }
    try {
      SqlNode cast =
          Parsing.parseExpression("CAST(NULL AS " + column.copy(true).asSerializableString() + ")");
      found = true;
      return cast;
    } catch (SqlParseException notInSql) {
      return value;
    }
  }
}
