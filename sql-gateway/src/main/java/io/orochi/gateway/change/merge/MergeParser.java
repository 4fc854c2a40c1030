package io.orochi.gateway.change.merge;

import io.orochi.gateway.change.merge.MergeClause.Action;
import io.orochi.gateway.change.merge.MergeClause.Case;
import io.orochi.gateway.plan.sql.SqlToken;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplConstants;

/**
 * Reads {@code MERGE INTO target USING source ON condition WHEN ...}. The words that hold the
 * statement together are found among the tokens of Flink's lexer, outside parentheses and CASE;
 * what stands between them is left to Flink's parser.
 */
final class MergeParser implements FlinkSqlParserImplConstants {
  private final String sql;
  private final List<SqlToken> tokens;
  private int at;

  private MergeParser(String sql, List<SqlToken> tokens) {
    this.sql = sql;
    this.tokens = tokens;
  }

  static boolean recognises(List<SqlToken> tokens) {
    return !tokens.isEmpty() && tokens.get(0).is(MERGE);
  }

  /**
   * @throws OrochiException SQL_SYNTAX
   */
  static MergeStatement parse(String sql, List<SqlToken> tokens) {
    return new MergeParser(sql, tokens).statement();
  }

  static OrochiException syntax(String wanted, String sql, int offset) {
    String before = sql.substring(0, Math.min(offset, sql.length()));
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    int column = before.length() - before.lastIndexOf('\n');
    return OrochiException.of(
            OrochiErrorCode.SQL_SYNTAX,
            "Invalid MERGE: expected %s (line %d, column %d)".formatted(wanted, line, column))
        .withHint(
            "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = s.v"
                + " WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, s.v)");
  }

  private MergeStatement statement() {
    take(MERGE, "MERGE");
    take(INTO, "INTO");
    Fragment target = upTo("a table", USING);
    take(USING, "USING");
    Fragment source = upTo("a source", ON);
    take(ON, "ON");
    Fragment on = upTo("a condition", WHEN);
    List<MergeClause> clauses = new ArrayList<>();
    while (!atEnd()) {
      clauses.add(clause());
    }
    if (clauses.isEmpty()) {
      throw expected("WHEN");
    }
    return new MergeStatement(target, source, on, clauses);
  }

  private MergeClause clause() {
    take(WHEN, "WHEN");
    Case when = Case.MATCHED;
    if (skip(NOT)) {
      take(MATCHED, "MATCHED");
      when = skip(BY) && bySource() ? Case.NOT_MATCHED_BY_SOURCE : Case.NOT_MATCHED;
    } else {
      take(MATCHED, "MATCHED");
    }
    Fragment condition = skip(AND) ? upTo("a condition", THEN) : null;
    take(THEN, "THEN");
    return new MergeClause(when, condition, action(when));
  }

  private boolean bySource() {
    if (atEnd() || !(peek().isWord("SOURCE") || peek().isWord("TARGET"))) {
      throw expected("SOURCE or TARGET");
    }
    return next().isWord("SOURCE");
  }

  private Action action(Case when) {
    if (when == Case.NOT_MATCHED && skip(INSERT)) {
      return insert();
    }
    if (when != Case.NOT_MATCHED && skip(UPDATE)) {
      take(SET, "SET");
      return update();
    }
    if (when != Case.NOT_MATCHED && skip(DELETE)) {
      return new Action.Delete();
    }
    if (!atEnd() && peek().isWord("DO")) {
      next();
      if (!atEnd() && peek().isWord("NOTHING")) {
        next();
        return new Action.Nothing();
      }
      throw expected("NOTHING");
    }
    throw expected(when == Case.NOT_MATCHED ? "INSERT" : "UPDATE or DELETE");
  }

  private Action update() {
    Map<String, Fragment> values = new LinkedHashMap<>();
    do {
      String column = name();
      while (skip(DOT)) {
        column = name();
      }
      take(EQ, "=");
      if (values.put(column, upTo("a value", COMMA, WHEN)) != null) {
        throw OrochiException.of(
            OrochiErrorCode.SQL_INVALID, "Invalid MERGE: column " + column + " is set twice");
      }
    } while (skip(COMMA));
    return new Action.Update(values);
  }

  private Action insert() {
    List<String> columns = new ArrayList<>();
    if (skip(LPAREN)) {
      do {
        columns.add(name());
      } while (skip(COMMA));
      take(RPAREN, ")");
    }
    take(VALUES, "VALUES");
    take(LPAREN, "(");
    List<Fragment> values = new ArrayList<>();
    do {
      values.add(upTo("a value", COMMA, RPAREN));
    } while (skip(COMMA));
    take(RPAREN, ")");
    return new Action.Insert(columns, values);
  }

  /** A column's name without its quotes. */
  private String name() {
    if (atEnd()) {
      throw expected("a column");
    }
    SqlToken token = next();
    String image = token.image();
    if (image.startsWith("`")) {
      return image.substring(1, image.length() - 1).replace("``", "`");
    }
    if (!Character.isJavaIdentifierStart(image.charAt(0))) {
      at--;
      throw expected("a column");
    }
    return image;
  }

  /** What stands before the first of the words, outside parentheses and CASE. */
  private Fragment upTo(String wanted, int... kinds) {
    int first = at;
    int depth = 0;
    for (; !atEnd(); at++) {
      int kind = peek().kind();
      if (depth == 0 && java.util.Arrays.stream(kinds).anyMatch(stop -> stop == kind)) {
        break;
      }
      if (kind == LPAREN || kind == LBRACKET || kind == CASE) {
        depth++;
      } else if (kind == RPAREN || kind == RBRACKET || kind == END) {
        depth--;
      }
    }
    if (first == at) {
      throw expected(wanted);
    }
    return new Fragment(sql, tokens.get(first).start(), tokens.get(at - 1).end());
  }

  private boolean atEnd() {
    return at >= tokens.size() || (peek().is(SEMICOLON) && at == tokens.size() - 1);
  }

  private SqlToken peek() {
    return tokens.get(at);
  }

  private SqlToken next() {
    return tokens.get(at++);
  }

  private boolean skip(int kind) {
    boolean found = !atEnd() && peek().is(kind);
    at += found ? 1 : 0;
    return found;
  }

  private void take(int kind, String word) {
    if (!skip(kind)) {
      throw expected(word);
    }
  }

  private OrochiException expected(String wanted) {
    return syntax(wanted, sql, at < tokens.size() ? peek().start() : sql.length());
  }
}
