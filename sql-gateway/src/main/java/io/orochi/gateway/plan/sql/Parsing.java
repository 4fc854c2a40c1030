package io.orochi.gateway.plan.sql;

import java.util.Optional;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNodeList;
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

  private Parsing() {}

  /**
   * The parse trees of a text with one or more statements.
   *
   * @throws SqlParseException if it is not SQL
   */
  public static SqlNodeList parse(String sql) throws SqlParseException {
    return SqlParser.create(sql, CONFIG).parseStmtList();
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
