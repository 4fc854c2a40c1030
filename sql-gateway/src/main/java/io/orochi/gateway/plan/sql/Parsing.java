package io.orochi.gateway.plan.sql;

import java.util.Optional;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.dialect.CalciteSqlDialect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;

/** Flink's parser, without a session. */
public final class Parsing {
  private static final SqlConformance CONFORMANCE = FlinkSqlConformance.DEFAULT;
  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(FlinkSqlParserImpl.FACTORY)
          .withConformance(CONFORMANCE)
          .withQuoting(Quoting.BACK_TICK)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(true)
          .withIdentifierMaxLength(256);

  private static final SqlDialect DIALECT =
      new CalciteSqlDialect(
          SqlDialect.EMPTY_CONTEXT
              .withQuotedCasing(Casing.UNCHANGED)
              .withUnquotedCasing(Casing.UNCHANGED)
              .withConformance(CONFORMANCE)
              .withIdentifierQuoteString(Quoting.BACK_TICK.string));

  private Parsing() {}

  /**
   * The parse trees of a text with one or more statements.
   *
   * @throws SqlParseException if it is not SQL
   */
  public static SqlNodeList parse(String sql) throws SqlParseException {
    return SqlParser.create(quoteNames(sql), CONFIG).parseStmtList();
  }

  /**
   * The parse tree of an expression that is the whole text.
   *
   * @throws SqlParseException if it is none
   */
  public static SqlNode parseExpression(String sql) throws SqlParseException {
    return SqlParser.create(sql, CONFIG).parseExpression();
  }

  /**
   * The parse tree of a query that is the whole text.
   *
   * @throws SqlParseException if it is none
   */
  public static SqlNode parseQuery(String sql) throws SqlParseException {
    return SqlParser.create(sql, CONFIG).parseQuery();
  }

  /** A part of a statement as the parser reads it again. */
  static String text(SqlNode part) {
    return part.toSqlString(DIALECT).getSql();
  }

  /**
   * The text as Flink has to be given it: columns called {@code value} are quoted. A text that is
   * not SQL comes back unchanged.
   */
  public static String quoteNames(String sql) {
    return ReservedNames.quote(sql);
  }

  /** Empty if it is not SQL or nested too deeply to parse. */
  public static Optional<SqlNodeList> tryParse(String sql) {
    try {
      return Optional.of(parse(sql));
    } catch (SqlParseException | StackOverflowError notSql) {
      return Optional.empty();
    }
  }
}
