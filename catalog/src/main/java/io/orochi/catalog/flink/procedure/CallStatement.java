package io.orochi.catalog.flink.procedure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets procedures take intervals as INTERVAL as well as text. Flink gives a procedure one type for
 * each argument, and refuses named arguments to one that is overloaded; so arguments are declared
 * as text, and interval literals are turned into text before Flink parses the statement.
 */
public final class CallStatement {
  private static final Pattern CALL = Pattern.compile("\\s*CALL\\s", Pattern.CASE_INSENSITIVE);

  /**
   * Text literals are matched first, so that an INTERVAL inside one stays as it is; possessively,
   * because the stack would overflow on a long one otherwise.
   */
  private static final Pattern TOKEN =
      Pattern.compile(
          "'[^']*+(?:''[^']*+)*+'"
              + "|INTERVAL\\s*'\\s*(\\d+)\\s*'\\s*(YEAR|MONTH|DAY|HOUR|MINUTE|SECOND)S?"
              + "(?:\\(\\d+\\))?(?!\\s+TO\\b|\\w)",
          Pattern.CASE_INSENSITIVE);

  private CallStatement() {}

  /**
   * {@code CALL sys.p('t', INTERVAL '1' DAY)} becomes {@code CALL sys.p('t', '1 DAY')}. Other
   * statements, and intervals of two units, come back unchanged.
   */
  public static String intervalsAsText(String statement) {
    if (!CALL.matcher(statement).lookingAt()) {
      return statement;
    }
    StringBuilder rewritten = new StringBuilder();
    Matcher token = TOKEN.matcher(statement);
    while (token.find()) {
      String replacement =
          token.group(1) == null
              ? token.group()
              : "'" + token.group(1) + " " + token.group(2) + "'";
      token.appendReplacement(rewritten, Matcher.quoteReplacement(replacement));
    }
    return token.appendTail(rewritten).toString();
  }
}
