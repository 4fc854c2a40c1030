package io.orochi.gateway.plan.error;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Optional;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Where and at which word reading stopped. */
final class SyntaxErrors {
  private static final int SHOWN = 60;

  private SyntaxErrors() {}

  static OrochiException of(SqlParseException failure, String sql) {
    SqlParserPos position = failure.getPos();
    if (position == null || position.getLineNum() <= 0) {
      return OrochiException.of(OrochiErrorCode.SQL_SYNTAX, "Cannot read the statement")
          .withDetail(Texts.firstSentence(failure.getMessage()));
    }
    OrochiException error =
        OrochiException.of(
                OrochiErrorCode.SQL_SYNTAX,
                "Cannot read the statement: syntax error at " + SqlErrors.at(position))
            .withDetail(Texts.firstSentence(failure.getMessage()));
    String near = near(sql, position);
    Optional<String> advice = SyntaxAdvice.of(sql, near);
    if (advice.isPresent()) {
      return error.withHint(advice.get());
    }
    return near.isEmpty() ? error : error.withHint("Look here: " + near);
  }

  /** The rest of the line from the error on. */
  private static String near(String sql, SqlParserPos position) {
    String line = sql.lines().skip(position.getLineNum() - 1L).findFirst().orElse("");
    int from = Math.min(Math.max(position.getColumnNum() - 1, 0), line.length());
    String rest = line.substring(from).strip();
    return rest.length() <= SHOWN ? rest : rest.substring(0, SHOWN) + "…";
  }
}
