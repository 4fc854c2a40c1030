package io.orochi.gateway.plan.params;

import io.orochi.gateway.plan.sql.ParsedVisitor;
import io.orochi.gateway.plan.sql.TextOffsets;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDateLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTimestampLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Finds the constants of a query that stand in WHERE beside a column: {@code k = 1}, {@code ts
 * BETWEEN a AND b}, {@code host IN ('a', 'b')}, {@code host LIKE 'a%'}. Elsewhere a constant may
 * decide the type of a result, or be part of an expression whose meaning hangs on it.
 */
final class ComparedConstants extends ParsedVisitor {
  private static final String INSTANT = "TO_TIMESTAMP_LTZ";
  private static final long MOST_MILLIS = 253_402_300_799_999L;

  private final String text;
  private final List<Constant> found = new ArrayList<>();
  private boolean hasParameters;

  ComparedConstants(String text) {
    this.text = text;
  }

  private record Constant(SqlParserPos at, Object value, String begin, String end) {}

  private record Place(int start, int end, Object value) {}

  Optional<LiftedQuery> in(SqlNode statement) {
    if (!statement.isA(SqlKind.QUERY)) {
      return Optional.empty();
    }
    statement.accept(this);
    return found.isEmpty() || hasParameters ? Optional.empty() : lifted();
  }

  private Optional<LiftedQuery> lifted() {
    found.sort(
        Comparator.comparingInt((Constant constant) -> constant.at().getLineNum())
            .thenComparingInt(constant -> constant.at().getColumnNum()));
    List<Place> places = new ArrayList<>();
    TextOffsets offsets = new TextOffsets(text);
    for (Constant constant : found) {
      SqlParserPos at = constant.at();
      int start = offsets.of(at.getLineNum(), at.getColumnNum());
      int end = offsets.of(at.getEndLineNum(), at.getEndColumnNum()) + 1;
      if (end > text.length() || !isWhole(constant, text.substring(start, end))) {
        return Optional.empty();
      }
      places.add(new Place(start, end, constant.value()));
    }
    StringBuilder template = new StringBuilder(text.length());
    int copied = 0;
    for (Place place : places) {
      template.append(text, copied, place.start()).append('?');
      copied = place.end();
    }
    template.append(text, copied, text.length());
    return Optional.of(
        new LiftedQuery(template.toString(), places.stream().map(Place::value).toList()));
  }

  /** Whether the parser's place is that of the whole constant in its plainest spelling. */
  private static boolean isWhole(Constant constant, String written) {
    return written.regionMatches(true, 0, constant.begin(), 0, constant.begin().length())
        && written.regionMatches(
            true,
            written.length() - constant.end().length(),
            constant.end(),
            0,
            constant.end().length());
  }

  @Override
  public Void visit(SqlDynamicParam parameter) {
    hasParameters = true;
    return null;
  }

  @Override
  public Void visit(SqlCall call) {
    if (call instanceof SqlSelect select && select.getWhere() != null) {
      condition(select.getWhere());
    }
    return super.visit(call);
  }

  private void condition(SqlNode node) {
    if (!(node instanceof SqlCall call)) {
      return;
    }
    switch (call.getKind()) {
      case AND, OR, NOT -> call.getOperandList().forEach(this::condition);
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL -> {
        compared(call.operand(0), List.of(call.operand(1)));
        compared(call.operand(1), List.of(call.operand(0)));
      }
      case BETWEEN -> compared(call.operand(0), List.of(call.operand(1), call.operand(2)));
      case LIKE -> {
        if (call.operandCount() == 2) {
          compared(call.operand(0), List.of(call.operand(1)));
        }
      }
      case IN, NOT_IN -> {
        if (call.operand(1) instanceof SqlNodeList list) {
          compared(call.operand(0), list.getList());
        }
      }
      default -> {
        return;
      }
    }
  }

  /** All of them or none, because they have one type. */
  private void compared(SqlNode column, List<? extends SqlNode> others) {
    if (!(column instanceof SqlIdentifier name) || name.isStar()) {
      return;
    }
    List<Constant> constants = new ArrayList<>();
    for (SqlNode other : others) {
      Constant constant = constant(other);
      if (constant == null) {
        return;
      }
      constants.add(constant);
    }
    found.addAll(constants);
  }

  /** Null if it is none, or one of a kind that is left where it is. */
  private static Constant constant(SqlNode node) {
    SqlParserPos at = node.getParserPosition();
    if (node instanceof SqlCharStringLiteral literal) {
      return new Constant(at, Objects.requireNonNull(literal.getValueAs(String.class)), "'", "'");
    } else if (node instanceof SqlNumericLiteral number) {
      return number(number, at);
    } else if (node instanceof SqlUnknownLiteral time) {
      return time(time, at);
    }
    return node instanceof SqlCall call ? instant(call, at) : null;
  }

  private static Constant number(SqlNumericLiteral number, SqlParserPos at) {
    Number value = plain(number);
    if (value == null) {
      return null;
    }
    String written = Objects.requireNonNull(number.toValue());
    return written.startsWith("-")
        ? new Constant(at, value, "-", written.substring(1))
        : new Constant(at, value, written, "");
  }

  /**
   * A Long, BigDecimal, or Double for an approximate one. Null for an exact number of more than 64
   * bits, which is left to the planner to refuse, and for an approximate zero, which may be
   * negative.
   */
  private static Number plain(SqlNumericLiteral number) {
    BigDecimal value = number.bigDecimalValue();
    if (value == null || value.unscaledValue().abs().bitLength() >= Long.SIZE) {
      return null;
    } else if (!number.isExact()) {
      double approximate = value.doubleValue();
      return approximate == 0 || Double.isInfinite(approximate) ? null : (Number) approximate;
    }
    boolean whole =
        number.isInteger() && value.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return whole ? (Number) value.longValueExact() : value;
  }

  /** A text that is no time is left to the planner, which says so. */
  private static Constant time(SqlUnknownLiteral literal, SqlParserPos at) {
    try {
      return switch (literal.tag) {
        case "DATE" -> {
          SqlDateLiteral date = (SqlDateLiteral) literal.resolve(SqlTypeName.DATE);
          yield new Constant(at, LocalDate.parse(date.toFormattedString()), literal.tag, "'");
        }
        case "TIMESTAMP" -> {
          SqlTimestampLiteral time = (SqlTimestampLiteral) literal.resolve(SqlTypeName.TIMESTAMP);
          String iso = time.toFormattedString().replace(' ', 'T');
          yield new Constant(at, LocalDateTime.parse(iso), literal.tag, "'");
        }
        default -> null;
      };
    } catch (CalciteException | DateTimeException noTime) {
      return null;
    }
  }

  /** {@code TO_TIMESTAMP_LTZ(millis, 3)}. */
  private static Constant instant(SqlCall call, SqlParserPos at) {
    if (!call.getOperator().getName().equalsIgnoreCase(INSTANT)
        || call.operandCount() != 2
        || !(call.operand(0) instanceof SqlNumericLiteral millis)
        || !(call.operand(1) instanceof SqlNumericLiteral precision)
        || !millis.isInteger()
        || !precision.isInteger()
        || precision.intValue(true) != 3) {
      return null;
    }
    BigDecimal value = millis.bigDecimalValue();
    if (value == null
        || value.signum() < 0
        || value.compareTo(BigDecimal.valueOf(MOST_MILLIS)) > 0) {
      return null;
    }
    return new Constant(at, Instant.ofEpochMilli(value.longValueExact()), INSTANT, ")");
  }
}
