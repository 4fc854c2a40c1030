package io.orochi.gateway.change.merge;

import io.orochi.gateway.plan.check.StatementChecks;
import io.orochi.gateway.plan.error.SqlErrors;
import io.orochi.gateway.plan.sql.Parsing;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParseException;

/**
 * A part of a MERGE that Flink's parser reads. Each reading gives a tree of its own, because
 * validation rewrites trees.
 *
 * @param statement the whole text
 */
record Fragment(String statement, int start, int end) {

  /** An expression; errors point into the statement. */
  SqlNode expression() {
    String blank = statement.substring(0, start).replaceAll("[^\n\r]", " ");
    try {
      return checked(Parsing.parseExpression(blank + statement.substring(start, end)));
    } catch (SqlParseException | StackOverflowError failure) {
      throw SqlErrors.translate(failure, statement);
    }
  }

  /** A table, a query in parentheses, or either with an alias. */
  SqlNode relation() {
    SqlNode query;
    try {
      query = checked(Parsing.parseQuery("SELECT * FROM " + statement.substring(start, end)));
    } catch (SqlParseException | StackOverflowError failure) {
      throw SqlErrors.translate(failure, statement);
    }
    if (!(query instanceof SqlSelect select) || hasMore(select)) {
      throw MergeParser.syntax("a table or a query in parentheses", statement, start);
    }
    return select.getFrom();
  }

  /** Whether it is {@code NULL} or {@code DEFAULT}. */
  boolean isNull() {
    String text = statement.substring(start, end).strip();
    return text.equalsIgnoreCase("NULL") || text.equalsIgnoreCase("DEFAULT");
  }

  private static SqlNode checked(SqlNode node) {
    StatementChecks.check(node);
    return node;
  }

  private static boolean hasMore(SqlSelect select) {
    return select.getWhere() != null
        || select.getGroup() != null
        || select.getHaving() != null
        || select.getFrom() == null
        || select.getFrom().getKind() == SqlKind.JOIN
        || select.getFrom() instanceof SqlWith;
  }
}
