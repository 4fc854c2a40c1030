package io.orochi.gateway.plan.asof;

import io.orochi.gateway.plan.sql.SqlToken;
import io.orochi.table.error.OrochiException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplConstants;

/**
 * The words ASOF of a statement that stand before a JOIN.
 *
 * @param blanked the statement with spaces in their place
 * @param joins where the words JOIN stand that belong to them
 */
public record AsofWords(String blanked, List<Place> joins) implements FlinkSqlParserImplConstants {
  private static final String WORD = "ASOF";

  /** A line and a column, both from 1, as Flink's parser counts them. */
  record Place(int line, int column) {
    static Place of(String text, int offset) {
      int line = 1;
      int start = 0;
      for (int i = 0; i < offset; i++) {
        char c = text.charAt(i);
        if (c == '\n' || c == '\r' && text.charAt(i + 1) != '\n') {
          line++;
          start = i + 1;
        }
      }
      return new Place(line, offset - start + 1);
    }
  }

  /** None for a text that is not SQL. */
  public static AsofWords in(String sql) {
    List<Place> joins = new ArrayList<>();
    StringBuilder blanked = new StringBuilder(sql);
    if (mayHold(sql)) {
      List<SqlToken> tokens = tokens(sql);
      for (int i = 1; i < tokens.size(); i++) {
        int join = joinAfter(tokens, i);
        if (join > 0) {
          joins.add(Place.of(sql, tokens.get(join).start()));
          for (int at = tokens.get(i).start(); at < tokens.get(i).end(); at++) {
            blanked.setCharAt(at, ' ');
          }
        }
      }
    }
    return new AsofWords(blanked.toString(), joins);
  }

  public boolean isEmpty() {
    return joins.isEmpty();
  }

  /** The token JOIN that an ASOF at this token belongs to; 0 if there is none. */
  private static int joinAfter(List<SqlToken> tokens, int asof) {
    SqlToken before = tokens.get(asof - 1);
    if (!tokens.get(asof).isWord(WORD) || before.is(AS) || before.is(DOT)) {
      return 0;
    }
    int at = asof + 1;
    if (isAt(tokens, at, INNER)) {
      at++;
    } else if (isAt(tokens, at, LEFT)) {
      at += isAt(tokens, at + 1, OUTER) ? 2 : 1;
    }
    return isAt(tokens, at, JOIN) ? at : 0;
  }

  private static boolean isAt(List<SqlToken> tokens, int at, int kind) {
    return at < tokens.size() && tokens.get(at).is(kind);
  }

  private static List<SqlToken> tokens(String sql) {
    try {
      return SqlToken.of(sql);
    } catch (OrochiException notSql) {
      return List.of();
    }
  }

  /** Spares every other statement the lexer. */
  private static boolean mayHold(String sql) {
    for (int i = 0; i + WORD.length() <= sql.length(); i++) {
      if (sql.regionMatches(true, i, WORD, 0, WORD.length())) {
        return true;
      }
    }
    return false;
  }
}
