package io.orochi.gateway.plan.sql;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
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
 * <p>Lets {@code first(v, ts)} and {@code last(v, ts)} be functions: Flink knows them only as steps
 * in the rows of MATCH_RECOGNIZE, where they stay what they are.
 *
 * <p>And lets a table's own tables be named with their database: Flink's lexer takes {@code
 * metrics.cpu$snapshots} as a whole for the name of a collation.
 */
final class ReservedNames {
  private static final String WORD = "value";
  private static final List<String> WORDS = List.of(WORD, "first", "last");
  private static final char DOLLAR = '$';

  private ReservedNames() {}

  /** The text with such names quoted; O(length), and a single search where there are none. */
  static String quote(String sql) {
    String lower = sql.toLowerCase(Locale.ROOT);
    if (sql.indexOf(DOLLAR) < 0 && WORDS.stream().noneMatch(lower::contains)) {
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
    Deque<Parentheses> open = new ArrayDeque<>();
    int copied = 0;
    Token previous = new Token();
    for (Token token = lexer.getNextToken();
        token.kind != FlinkSqlParserImplConstants.EOF;
        previous = token, token = lexer.getNextToken()) {
      int before = previous.kind;
      if (token.kind == FlinkSqlParserImplConstants.LPAREN) {
        if (isFirstOrLast(before) && open.peek() != Parentheses.PATTERN) {
          int start = offsets.of(previous.beginLine, previous.beginColumn);
          quoted.append(sql, copied, start).append('`').append(previous.image).append('`');
          copied = start + previous.image.length();
        }
        open.push(Parentheses.after(before, open.peek()));
      } else if (token.kind == FlinkSqlParserImplConstants.RPAREN) {
        open.poll();
      } else if (token.kind == FlinkSqlParserImplConstants.VALUE
          && before != FlinkSqlParserImplConstants.NEXT
          && open.peek() != Parentheses.JSON) {
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

  private static boolean isFirstOrLast(int kind) {
    return kind == FlinkSqlParserImplConstants.FIRST || kind == FlinkSqlParserImplConstants.LAST;
  }

  /** What parentheses are around. */
  private enum Parentheses {
    JSON,
    /** Of MATCH_RECOGNIZE, and all within. */
    PATTERN,
    OTHERS;

    /** Null around is nothing. */
    static Parentheses after(int word, Parentheses around) {
      return switch (word) {
        case FlinkSqlParserImplConstants.MATCH_RECOGNIZE -> PATTERN;
        case FlinkSqlParserImplConstants.JSON_OBJECT, FlinkSqlParserImplConstants.JSON_OBJECTAGG ->
            JSON;
        default -> around == PATTERN ? PATTERN : OTHERS;
      };
    }
  }
}
