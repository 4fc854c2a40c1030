package io.orochi.gateway.change.merge;

import io.orochi.gateway.change.merge.MergeClause.Action;
import io.orochi.gateway.change.merge.MergeClause.Case;
import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A MERGE as one SELECT over the join of source and target: the target's columns, then each
 * clause's condition and new values, then whether there was a source row. Which clause applies to a
 * row is decided above it.
 */
final class MergeQuery {
  private static final SqlParserPos ZERO = SqlParserPos.ZERO;

  /** Beside the source's columns, so that a row without source can be told. */
  private static final String SOURCE_ROW = "$source";

  private final MergeStatement merge;
  private final List<String> columns;
  private final List<SqlNode> outputs = new ArrayList<>();
  private final List<Clause> clauses = new ArrayList<>();
  private final SqlSelect select;
  private int sourceRow = -1;

  /**
   * Where the parts of a clause are among the outputs.
   *
   * @param condition -1 if there is none
   * @param values by column of the table; -1 for NULL; empty if nothing is written
   */
  record Clause(MergeClause clause, int condition, List<Integer> values) {}

  /**
   * @param columns of the target
   */
  MergeQuery(MergeStatement merge, List<String> columns) {
    this.merge = merge;
    this.columns = columns;
    SqlNode target = merge.target().relation();
    String alias = aliasOf(target);
    columns.forEach(column -> add(new SqlIdentifier(List.of(alias, column), ZERO)));
    for (MergeClause clause : merge.clauses()) {
      int condition = clause.conditioned().map(when -> add(when.expression())).orElse(-1);
      clauses.add(new Clause(clause, condition, values(clause)));
    }
    SqlNode source = merge.source().relation();
    if (merge.has(Case.NOT_MATCHED_BY_SOURCE)) {
      String name = aliasOf(source);
      source = marked(source, name);
      sourceRow = add(new SqlIdentifier(List.of(name, SOURCE_ROW), ZERO));
    }
    this.select = select(new SqlNodeList(outputs, ZERO), join(source, target));
  }

  SqlSelect select() {
    return select;
  }

  List<Clause> clauses() {
    return clauses;
  }

  /** The output that is NULL where there is no source row; -1 if no clause asks. */
  int sourceRow() {
    return sourceRow;
  }

  /** The name of the target as it was written. */
  static SqlIdentifier targetName(MergeStatement merge) {
    SqlNode target = merge.target().relation();
    SqlNode table = target.getKind() == SqlKind.AS ? operand(target, 0) : target;
    if (table instanceof SqlIdentifier name) {
      return name;
    }
    throw MergeParser.syntax("a table", merge.target().statement(), merge.target().start());
  }

  private int add(SqlNode output) {
    SqlIdentifier name = new SqlIdentifier("$" + outputs.size(), ZERO);
    outputs.add(SqlStdOperatorTable.AS.createCall(ZERO, output, name));
    return outputs.size() - 1;
  }

  private List<Integer> values(MergeClause clause) {
    if (clause.action() instanceof Action.Update update) {
      requireKnown(update.values().keySet());
      List<Integer> values = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        Fragment value = update.values().get(columns.get(i));
        values.add(value == null ? Integer.valueOf(i) : Integer.valueOf(value(clause, value)));
      }
      return values;
    }
    if (clause.action() instanceof Action.Insert insert) {
      Map<String, Fragment> given = given(insert);
      return columns.stream()
          .map(column -> given.containsKey(column) ? value(clause, given.get(column)) : -1)
          .toList();
    }
    return List.of();
  }

  private Map<String, Fragment> given(Action.Insert insert) {
    List<String> names = insert.columns().isEmpty() ? columns : insert.columns();
    requireKnown(names);
    if (names.size() != insert.values().size()) {
      throw OrochiException.of(
              OrochiErrorCode.SQL_INVALID,
              "Invalid MERGE: INSERT has %d values for %d columns"
                  .formatted(insert.values().size(), names.size()))
          .withHint("Name the columns that get a value; the others become NULL.");
    }
    Map<String, Fragment> given = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (given.put(names.get(i), insert.values().get(i)) != null) {
        throw OrochiException.of(
            OrochiErrorCode.SQL_INVALID,
            "Invalid MERGE: column " + names.get(i) + " is inserted twice");
      }
    }
    return given;
  }

  /** Computed only where its clause may apply: elsewhere it may have no value. */
  private int value(MergeClause clause, Fragment value) {
    if (value.isNull()) {
      return -1;
    }
    SqlNode expression = value.expression();
    return add(
        clause
            .conditioned()
            .map(
                when ->
                    (SqlNode)
                        new SqlCase(
                            ZERO,
                            null,
                            SqlNodeList.of(when.expression()),
                            SqlNodeList.of(expression),
                            SqlLiteral.createNull(ZERO)))
            .orElse(expression));
  }

  private void requireKnown(Iterable<String> names) {
    for (String name : names) {
      if (!columns.contains(name)) {
        throw OrochiException.of(
                OrochiErrorCode.SQL_INVALID,
                "Invalid MERGE: the table has no column \"" + name + "\"")
            .withHint(NearestName.hint(name, columns));
      }
    }
  }

  private SqlNode join(SqlNode source, SqlNode target) {
    boolean keepsSource = merge.has(Case.NOT_MATCHED);
    boolean keepsTarget = merge.has(Case.NOT_MATCHED_BY_SOURCE);
    JoinType type =
        keepsSource
            ? keepsTarget ? JoinType.FULL : JoinType.LEFT
            : keepsTarget ? JoinType.RIGHT : JoinType.INNER;
    return new SqlJoin(
        ZERO,
        source,
        SqlLiteral.createBoolean(false, ZERO),
        type.symbol(ZERO),
        target,
        JoinConditionType.ON.symbol(ZERO),
        merge.on().expression());
  }

  private static SqlNode marked(SqlNode source, String name) {
    SqlNode marker =
        SqlStdOperatorTable.AS.createCall(
            ZERO, SqlLiteral.createBoolean(true, ZERO), new SqlIdentifier(SOURCE_ROW, ZERO));
    SqlNode all = select(SqlNodeList.of(SqlIdentifier.star(ZERO), marker), source);
    return SqlStdOperatorTable.AS.createCall(ZERO, all, new SqlIdentifier(name, ZERO));
  }

  private String aliasOf(SqlNode relation) {
    if (relation.getKind() == SqlKind.AS) {
      return ((SqlIdentifier) operand(relation, 1)).getSimple();
    }
    if (relation instanceof SqlIdentifier name) {
      return name.names.get(name.names.size() - 1);
    }
    throw MergeParser.syntax(
        "an alias of the source", merge.source().statement(), merge.source().end());
  }

  private static SqlNode operand(SqlNode call, int index) {
    return ((org.apache.calcite.sql.SqlCall) call).operand(index);
  }

  private static SqlSelect select(SqlNodeList list, SqlNode from) {
    return new SqlSelect(
        ZERO, null, list, from, null, null, null, null, null, null, null, null, null);
  }
}
