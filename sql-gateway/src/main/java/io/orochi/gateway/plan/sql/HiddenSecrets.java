package io.orochi.gateway.plan.sql;

import io.orochi.catalog.secret.Secrets;
import io.orochi.table.error.OrochiException;
import java.util.List;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplConstants;

/** Statements as others than their author may see them. */
public final class HiddenSecrets {
  private HiddenSecrets() {}

  /**
   * The statement with the value of every option whose name is a secret's, and every password in a
   * URI, replaced. All of a text with an open quote is hidden if it speaks of a secret.
   */
  public static String in(String sql) {
    if (sql.indexOf('\'') < 0) {
      return sql;
    }
    List<SqlToken> tokens;
    try {
      tokens = SqlToken.of(sql);
    } catch (OrochiException notSql) {
      return Secrets.isSecret(sql) ? Secrets.HIDDEN : sql;
    }
    StringBuilder shown = new StringBuilder(sql.length());
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.is(FlinkSqlParserImplConstants.QUOTE) && Secrets.isSecret(sql)) {
        return Secrets.HIDDEN;
      }
      if (isText(token)) {
        boolean named = i > 1 && tokens.get(i - 1).image().equals("=");
        boolean secret = named && Secrets.isSecret(nameEndingAt(i - 2, tokens, sql));
        String text = token.image().substring(1, token.image().length() - 1);
        shown.append(sql, copied, token.start() + 1);
        shown.append(secret ? Secrets.HIDDEN : Secrets.redactUri(text));
        copied = token.end() - 1;
      }
    }
    return shown.append(sql, copied, sql.length()).toString();
  }

  private static boolean isText(SqlToken token) {
    return token.image().length() > 1 && token.image().startsWith("'");
  }

  /** A name without quotes may have points and hyphens in it, each of which is a word. */
  private static String nameEndingAt(int last, List<SqlToken> tokens, String sql) {
    int first = last;
    while (!isText(tokens.get(last))
        && first > 0
        && tokens.get(first - 1).end() == tokens.get(first).start()) {
      first--;
    }
    return sql.substring(tokens.get(first).start(), tokens.get(last).end());
  }
}
