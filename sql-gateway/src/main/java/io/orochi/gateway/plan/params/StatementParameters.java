package io.orochi.gateway.plan.params;

import io.orochi.gateway.plan.asof.AsofWords;
import io.orochi.gateway.plan.check.StatementSize;
import io.orochi.gateway.plan.error.SqlErrors;
import io.orochi.gateway.plan.sql.ParsedVisitor;
import io.orochi.gateway.plan.sql.Parsing;
import io.orochi.gateway.plan.sql.SqlToken;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplConstants;

/** The {@code ?} of prepared statements, bound through the parse tree and never as text. */
public final class StatementParameters {
  private StatementParameters() {}

  /**
   * The number of {@code ?} in a statement.
   *
   * @throws OrochiException SQL_SYNTAX if it does not parse
   */
  public static int parameterCount(String sql) {
    if (sql.indexOf('?') < 0) {
      return 0;
    }
    return isMerge(sql) ? marks(sql) : count(parse(AsofWords.in(sql).blanked()));
  }

  /**
   * The statement with each {@code ?} replaced by a literal of its value. Values are null, Boolean,
   * Number, BigDecimal, String, byte[], LocalDate, LocalTime, LocalDateTime, Instant or a type that
   * these convert from without loss (Date, Time, Timestamp, OffsetDateTime, ZonedDateTime). An
   * Instant becomes a TIMESTAMP_LTZ; null becomes a NULL without a type.
   *
   * @throws OrochiException SQL_SYNTAX if it does not parse, SQL_INVALID if the number of values
   *     differs or a value has no literal
   */
  public static String bind(String sql, List<Object> values) {
    if (isMerge(sql)) {
      requireSame(marks(sql), values);
      return splice(sql, values);
    }
    AsofWords words = AsofWords.in(sql);
    SqlNodeList statements = parse(words.blanked());
    int expected = count(statements);
    requireSame(expected, values);
    if (expected == 0) {
      return sql;
    }
    if (!words.isEmpty() || isRowLevel(statements)) {
      return splice(sql, values);
    }
    SqlNode bound = statements.accept(new Binding(values));
    StringBuilder text = new StringBuilder();
    for (SqlNode statement : (SqlNodeList) bound) {
      text.append(text.length() == 0 ? "" : ";\n").append(unparse(statement));
    }
    return text.toString();
  }

  private static void requireSame(int expected, List<Object> values) {
    if (expected != values.size()) {
      throw OrochiException.of(
              OrochiErrorCode.SQL_INVALID,
              "Cannot bind " + values.size() + " values to " + expected + " parameters")
          .withHint("Set one value for each ? of the statement.");
    }
  }

  /** Flink's parser knows MERGE in part only. */
  private static boolean isMerge(String sql) {
    if (!sql.toUpperCase(Locale.ROOT).contains("MERGE")) {
      return false;
    }
    List<SqlToken> tokens = SqlToken.of(sql);
    return !tokens.isEmpty() && tokens.get(0).is(FlinkSqlParserImplConstants.MERGE);
  }

  /** Calcite's copies of these trees cannot be written as text. */
  private static boolean isRowLevel(SqlNodeList statements) {
    return statements.stream()
        .anyMatch(
            statement ->
                statement.getKind() == SqlKind.UPDATE || statement.getKind() == SqlKind.DELETE);
  }

  private static int marks(String sql) {
    return (int)
        SqlToken.of(sql).stream()
            .filter(token -> token.is(FlinkSqlParserImplConstants.HOOK))
            .count();
  }

  /** For what the trees of Flink's parser do not hold: literals take the place of the marks. */
  private static String splice(String sql, List<Object> values) {
    StringBuilder text = new StringBuilder();
    int copied = 0;
    int next = 0;
    boolean isPattern = false;
    for (SqlToken token : SqlToken.of(sql)) {
      if (token.is(FlinkSqlParserImplConstants.HOOK)) {
        Object value = values.get(next++);
        SqlNode literal =
            value == null && isPattern
                ? ParameterLiterals.noText(SqlParserPos.ZERO)
                : ParameterLiterals.of(value, SqlParserPos.ZERO);
        text.append(sql, copied, token.start()).append(' ').append(unparse(literal)).append(' ');
        copied = token.end();
      }
      isPattern = token.is(FlinkSqlParserImplConstants.LIKE);
    }
    return text.append(sql, copied, sql.length()).toString();
  }

  private static SqlNodeList parse(String sql) {
    StatementSize.check(sql);
    try {
      return Parsing.parse(sql);
    } catch (SqlParseException | StackOverflowError failure) {
      throw SqlErrors.translate(failure, sql);
    }
  }

  private static String unparse(SqlNode statement) {
    return statement
        .toSqlString(
            config ->
                config
                    .withDialect(AnsiSqlDialect.DEFAULT)
                    .withAlwaysUseParentheses(false)
                    .withQuoteAllIdentifiers(true))
        .getSql();
  }

  private static int count(SqlNode node) {
    int[] count = new int[1];
    node.accept(
        new ParsedVisitor() {
          @Override
          public Void visit(SqlDynamicParam parameter) {
            count[0]++;
            return null;
          }
        });
    return count[0];
  }

  private static final class Binding extends SqlShuttle {
    private final List<Object> values;

    Binding(List<Object> values) {
      this.values = values;
    }

    /** A bare NULL is no pattern to Flink. */
    @Override
    public SqlNode visit(SqlCall call) {
      SqlNode bound = super.visit(call);
      if (bound instanceof SqlCall like && like.getKind() == SqlKind.LIKE) {
        for (int i = 0; i < like.operandCount(); i++) {
          if (SqlUtil.isNullLiteral(like.operand(i), false)) {
            like.setOperand(i, ParameterLiterals.noText(like.getParserPosition()));
          }
        }
      }
      return bound;
    }

    @Override
    public SqlNode visit(SqlDynamicParam parameter) {
      return ParameterLiterals.of(values.get(parameter.getIndex()), parameter.getParserPosition());
    }
  }
}
