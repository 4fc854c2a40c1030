package io.orochi.gateway.plan.sql;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplConstants;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplTokenManager;
import org.apache.flink.sql.parser.impl.SimpleCharStream;
import org.apache.flink.sql.parser.impl.Token;
import org.apache.flink.sql.parser.impl.TokenMgrError;

/**
 * The forms of EXPLAIN that Flink refuses or answers with its own plan only: PostgreSQL's {@code
 * EXPLAIN ANALYZE query} and {@code EXPLAIN (ANALYZE, FORMAT JSON) query}, and EXPLAIN of INSERT,
 * UPDATE, DELETE and MERGE.
 *
 * @param query the statement to explain, at its place in the original text
 */
public record ExplainRequest(Mode mode, Format format, String query) {
  private static final Set<String> CHANGES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

  /** Whether the query is run. */
  public enum Mode {
    PLAN,
    ANALYZE
  }

  /** How the answer is written. */
  public enum Format {
    TEXT,
    JSON
  }

  /**
   * Empty for any other statement, Flink's own EXPLAIN included.
   *
   * @throws OrochiException SQL_SYNTAX for an unknown option
   */
  public static Optional<ExplainRequest> of(String sql) {
    String start = sql.stripLeading();
    if (!start.regionMatches(true, 0, "EXPLAIN", 0, 7)
        && !start.startsWith("--")
        && !start.startsWith("/*")) {
      return Optional.empty();
    }
    try {
      return new Head(sql).read();
    } catch (TokenMgrError notSql) {
      return Optional.empty();
    }
  }

  /** Reads the words before the query. */
  private static final class Head {
    private final String sql;
    private final FlinkSqlParserImplTokenManager lexer;
    private Token last;
    private Mode mode = Mode.PLAN;
    private Format format = Format.TEXT;

    Head(String sql) {
      this.sql = sql;
      // the lexer would count a tab as up to eight columns
      this.lexer =
          new FlinkSqlParserImplTokenManager(
              new SimpleCharStream(new StringReader(sql.replace('\t', ' '))),
              FlinkSqlParserImplConstants.BTID);
    }

    Optional<ExplainRequest> read() {
      if (!next().equals("EXPLAIN")) {
        return Optional.empty();
      }
      String second = next();
      if (second.equals("ANALYZE")) {
        mode = Mode.ANALYZE;
        return Optional.of(request(lexer.getNextToken()));
      }
      if (second.equals("PLAN") && next().equals("FOR")) {
        second = next();
      }
      if (CHANGES.contains(second)) {
        return Optional.of(request(last));
      }
      return second.equals("(") ? options() : Optional.empty();
    }

    /** A query may stand in parentheses too. */
    private Optional<ExplainRequest> options() {
      String word = next();
      if (!word.equals("ANALYZE") && !word.equals("FORMAT")) {
        return Optional.empty();
      }
      while (true) {
        String after = option(word);
        if (after.equals(")")) {
          return Optional.of(request(lexer.getNextToken()));
        }
        if (!after.equals(",")) {
          throw unknown(after);
        }
        word = next();
      }
    }

    /** Returns the word after the option. */
    private String option(String word) {
      String value = next();
      boolean alone = value.equals(",") || value.equals(")");
      if (word.equals("ANALYZE") && (alone || value.equals("TRUE") || value.equals("FALSE"))) {
        mode = value.equals("FALSE") ? Mode.PLAN : Mode.ANALYZE;
      } else if (word.equals("FORMAT") && (value.equals("JSON") || value.equals("TEXT"))) {
        format = Format.valueOf(value);
      } else {
        throw unknown(word + (alone ? "" : " " + value));
      }
      return alone ? value : next();
    }

    /** What is before the query becomes spaces, so that errors name its line and column. */
    private ExplainRequest request(Token first) {
      if (first.kind == FlinkSqlParserImplConstants.EOF) {
        throw OrochiException.of(OrochiErrorCode.SQL_SYNTAX, "EXPLAIN has no query")
            .withHint("Write EXPLAIN ANALYZE SELECT ….");
      }
      int start = new TextOffsets(sql).of(first.beginLine, first.beginColumn);
      StringBuilder query = new StringBuilder(sql.length());
      sql.substring(0, start)
          .chars()
          .forEach(letter -> query.append(letter == '\n' || letter == '\r' ? (char) letter : ' '));
      return new ExplainRequest(mode, format, query.append(sql, start, sql.length()).toString());
    }

    private String next() {
      last = lexer.getNextToken();
      return last.image.toUpperCase(Locale.ROOT);
    }

    private static OrochiException unknown(String option) {
      return OrochiException.of(OrochiErrorCode.SQL_SYNTAX, "Unknown option of EXPLAIN: " + option)
          .withHint("The options are ANALYZE [TRUE | FALSE] and FORMAT TEXT | JSON.");
    }
  }
}
