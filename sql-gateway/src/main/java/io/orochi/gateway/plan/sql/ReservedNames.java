package io.orochi.gateway.plan.sql;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplConstants;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplTokenManager;
import org.apache.flink.sql.parser.impl.SimpleCharStream;
import org.apache.flink.sql.parser.impl.Token;
import org.apache.flink.sql.parser.impl.TokenMgrError;

/**
 * Lets a column be called {@code value} without back-ticks, as PostgreSQL does. Flink takes the
 * bare word for another spelling of VALUES, so that {@code sum(value + 1)} is a sum over a row of
 * the constant 1; here it is always a name, but for {@code NEXT VALUE} and inside {@code
 * JSON_OBJECT} and {@code JSON_OBJECTAGG}, where the word belongs to the syntax.
 *
 * <p>And lets a table's own tables be named with their database: Flink's lexer takes {@code
 * metrics.cpu$snapshots} as a whole for the name of a collation.
 */
final class ReservedNames {
  private static final String WORD = "value";
  private static final char DOLLAR = '$';

  private ReservedNames() {}

  /** The text with such names quoted; O(length), and a single search where there are none. */
  static String quote(String sql) {
    if (sql.indexOf(DOLLAR) < 0 && !sql.toLowerCase(Locale.ROOT).contains(WORD)) {
      return sql;
    }
    try {
      return quoteTokens(sql);
    } catch (TokenMgrError notSql) {
      return sql;
    }
  }

  private static String quoteTokens(String sql) {
    // the lexer would count a tab as up to eight columns
    SimpleCharStream characters = new SimpleCharStream(new StringReader(sql.replace('\t', ' ')));
    FlinkSqlParserImplTokenManager lexer =
        new FlinkSqlParserImplTokenManager(characters, FlinkSqlParserImplConstants.BTID);
    StringBuilder quoted = new StringBuilder(sql.length() + 16);
    TextOffsets offsets = new TextOffsets(sql);
    Deque<Boolean> jsonCalls = new ArrayDeque<>();
    int copied = 0;
    int before = FlinkSqlParserImplConstants.EOF;
    for (Token token = lexer.getNextToken();
        token.kind != FlinkSqlParserImplConstants.EOF;
        before = token.kind, token = lexer.getNextToken()) {
      if (token.kind == FlinkSqlParserImplConstants.LPAREN) {
        jsonCalls.push(isJson(before));
      } else if (token.kind == FlinkSqlParserImplConstants.RPAREN) {
        jsonCalls.poll();
      } else if (token.kind == FlinkSqlParserImplConstants.VALUE
          && before != FlinkSqlParserImplConstants.NEXT
          && !Boolean.TRUE.equals(jsonCalls.peek())) {
        int start = offsets.of(token.beginLine, token.beginColumn);
        quoted.append(sql, copied, start).append('`').append(token.image).append('`');
        copied = start + WORD.length();
      } else if (token.kind == FlinkSqlParserImplConstants.COLLATION_ID
          && before != FlinkSqlParserImplConstants.COLLATE
          && isPath(token.image)) {
        int start = offsets.of(token.beginLine, token.beginColumn);
        quoted.append(sql, copied, start).append(quotedPath(token.image));
        copied = start + token.image.length();
      }
    }
    return quoted.append(sql, copied, sql.length()).toString();
  }

  private static boolean isPath(String name) {
    return Arrays.stream(name.split("\\.", -1))
        .allMatch(
            part -> !part.isEmpty() && part.chars().allMatch(Character::isJavaIdentifierPart));
  }

  private static String quotedPath(String name) {
    return Arrays.stream(name.split("\\.")).collect(Collectors.joining("`.`", "`", "`"));
  }

  private static boolean isJson(int kind) {
    return kind == FlinkSqlParserImplConstants.JSON_OBJECT
        || kind == FlinkSqlParserImplConstants.JSON_OBJECTAGG;
  }
}
