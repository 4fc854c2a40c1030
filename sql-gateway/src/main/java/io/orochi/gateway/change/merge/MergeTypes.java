package io.orochi.gateway.change.merge;

import io.orochi.gateway.plan.sql.SqlToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplConstants;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The types that the places of a MERGE ask for: a value set, inserted or compared with a column has
 * the column's type, and so has a source's column that is called like one of the table or compared
 * with it.
 */
final class MergeTypes implements FlinkSqlParserImplConstants {
  private final List<SqlToken> tokens;
  private final Map<String, LogicalType> columns = new HashMap<>();

  /** By the number of the {@code ?}. */
  private final Map<Integer, LogicalType> placed = new HashMap<>();

  MergeTypes(MergeStatement merge, List<SqlToken> tokens, ResolvedSchema target) {
    this.tokens = tokens;
    for (Column column : target.getColumns()) {
      columns.put(column.getName(), column.getDataType().getLogicalType());
    }
    List<MergeClause.Action.Insert> inserts =
        merge.clauses().stream()
            .map(MergeClause::action)
            .filter(MergeClause.Action.Insert.class::isInstance)
            .map(MergeClause.Action.Insert.class::cast)
            .toList();
    inserts.forEach(insert -> inserted(insert, target.getColumnNames()));
    for (int i = 1; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).is(EQ)) {
        equate(name(i - 1), nameFrom(i + 1));
      }
    }
    source(merge.source());
  }

  /**
   * @param at the token of the {@code ?}
   * @param number of the {@code ?}, from 0
   * @return null if its place tells nothing
   */
  LogicalType of(int at, int number) {
    if (placed.containsKey(number)) {
      return placed.get(number);
    }
    String beside = null;
    if (compares(at - 1)) {
      beside = name(at - 2);
    } else if (compares(at + 1)) {
      beside = nameFrom(at + 2);
    } else if (at + 2 < tokens.size() && tokens.get(at + 1).is(AS)) {
      beside = name(at + 2);
    }
    return beside == null ? null : columns.get(beside);
  }

  private void inserted(MergeClause.Action.Insert insert, List<String> all) {
    List<String> names = insert.columns().isEmpty() ? all : insert.columns();
    for (int i = 0; i < Math.min(names.size(), insert.values().size()); i++) {
      Fragment value = insert.values().get(i);
      int last = tokenEndingAt(value.end());
      if (tokens.get(last).is(HOOK) && tokens.get(last).start() == value.start()) {
        place(marksBefore(value.start()), names.get(i));
      } else if (tokens.get(last).start() == value.start()
          || (last > 1
              && tokens.get(last - 1).is(DOT)
              && tokens.get(last - 2).start() == value.start())) {
        equate(names.get(i), name(last));
      }
    }
  }

  /** The rows of {@code (VALUES (?, …)) AS s (k, …)}. */
  private void source(Fragment source) {
    int before = marksBefore(source.start());
    if (source.relation() instanceof SqlBasicCall as
        && as.getKind() == SqlKind.AS
        && as.operand(0).getKind() == SqlKind.VALUES) {
      for (SqlNode row : ((SqlCall) as.operand(0)).getOperandList()) {
        List<SqlNode> values = ((SqlCall) row).getOperandList();
        for (int i = 0; i < Math.min(values.size(), as.operandCount() - 2); i++) {
          if (values.get(i) instanceof SqlDynamicParam parameter) {
            place(before + parameter.getIndex(), as.operand(2 + i).toString());
          }
        }
      }
    }
  }

  private void place(int number, String column) {
    if (columns.get(column) != null) {
      placed.put(number, columns.get(column));
    }
  }

  private void equate(String one, String other) {
    if (one != null && other != null) {
      if (columns.containsKey(one)) {
        columns.putIfAbsent(other, columns.get(one));
      } else if (columns.containsKey(other)) {
        columns.put(one, columns.get(other));
      }
    }
  }

  private int marksBefore(int offset) {
    return (int) tokens.stream().filter(t -> t.is(HOOK) && t.start() < offset).count();
  }

  private int tokenEndingAt(int offset) {
    int at = tokens.size() - 1;
    while (at > 0 && tokens.get(at).end() > offset) {
      at--;
    }
    return at;
  }

  private boolean compares(int at) {
    if (at < 0 || at >= tokens.size()) {
      return false;
    }
    return switch (tokens.get(at).kind()) {
      case EQ, NE, NE2, LT, LE, GT, GE -> true;
      default -> false;
    };
  }

  /** The last part of a name with dots. */
  private String nameFrom(int at) {
    int last = at;
    while (last + 2 < tokens.size() && tokens.get(last + 1).is(DOT)) {
      last += 2;
    }
    return name(last);
  }

  /** Without its quotes; null if it is none. */
  private String name(int at) {
    if (at < 0 || at >= tokens.size()) {
      return null;
    }
    String image = tokens.get(at).image();
    if (image.startsWith("`")) {
      return image.substring(1, image.length() - 1).replace("``", "`");
    }
    return Character.isJavaIdentifierStart(image.charAt(0)) ? image : null;
  }
}
