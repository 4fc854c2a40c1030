package io.orochi.gateway.insert;

import io.orochi.gateway.plan.sql.Parsing;
import io.orochi.gateway.transaction.Words;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDateLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlTimestampLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.flink.sql.parser.dml.RichSqlInsert;

/**
 * {@code INSERT INTO t [(columns)] VALUES (…), …} where each value is a number, a text, a DATE, a
 * TIMESTAMP, TRUE, FALSE, NULL or {@code ?}. Its rows are known without planning anything.
 *
 * @param table one to three names
 * @param columns empty if the statement names none
 * @param rows each value is an {@link Item}
 */
public record ValuesStatement(
    List<String> table, List<String> columns, List<List<Item>> rows, int parameters) {
  public ValuesStatement {
    table = List.copyOf(table);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** One value. */
  public sealed interface Item {
    /**
     * @param value null, Boolean, BigDecimal, String, LocalDate or LocalDateTime
     */
    record Constant(Object value) implements Item {}

    record Parameter(int index) implements Item {}
  }

  /** Empty if the text is any other statement, or no statement at all. */
  public static Optional<ValuesStatement> parse(String sql) {
    if (!Words.of(sql, 2).equals(List.of("INSERT", "INTO"))) {
      return Optional.empty();
    }
    return Parsing.tryParse(sql)
        .filter(statements -> statements.size() == 1)
        .map(statements -> statements.get(0))
        .filter(RichSqlInsert.class::isInstance)
        .flatMap(insert -> of((RichSqlInsert) insert));
  }

  private static Optional<ValuesStatement> of(RichSqlInsert insert) {
    boolean plain =
        !insert.isUpsert()
            && !insert.isOverwrite()
            && insert.getStaticPartitions().size() == 0
            && insert.getTargetTable() instanceof SqlIdentifier
            && insert.getSource().getKind() == SqlKind.VALUES;
    if (!plain) {
      return Optional.empty();
    }
    List<String> columns = new ArrayList<>();
    SqlNodeList named = insert.getTargetColumnList();
    if (named != null) {
      for (SqlNode column : named) {
        if (!(column instanceof SqlIdentifier name && name.isSimple())) {
          return Optional.empty();
        }
        columns.add(((SqlIdentifier) column).getSimple());
      }
    }
    int[] parameters = new int[1];
    List<List<Item>> rows = new ArrayList<>();
    for (SqlNode row : ((SqlCall) insert.getSource()).getOperandList()) {
      List<Item> items = items(row, parameters);
      if (items == null) {
        return Optional.empty();
      }
      rows.add(items);
    }
    List<String> table = ((SqlIdentifier) insert.getTargetTable()).names;
    return Optional.of(new ValuesStatement(table, columns, rows, parameters[0]));
  }

  /** Null if a value has to be computed. */
  private static List<Item> items(SqlNode row, int[] parameters) {
    if (row.getKind() != SqlKind.ROW) {
      return null;
    }
    List<Item> items = new ArrayList<>();
    for (SqlNode value : ((SqlCall) row).getOperandList()) {
      Item item = item(value);
      if (item == null) {
        return null;
      }
      parameters[0] += item instanceof Item.Parameter ? 1 : 0;
      items.add(item);
    }
    return items;
  }

  private static Item item(SqlNode value) {
    if (value instanceof SqlDynamicParam parameter) {
      return new Item.Parameter(parameter.getIndex());
    } else if (value instanceof SqlNumericLiteral number) {
      return exact(number) ? new Item.Constant(number.bigDecimalValue()) : null;
    } else if (value instanceof SqlCharStringLiteral text) {
      return new Item.Constant(Objects.requireNonNull(text.getValueAs(String.class)));
    } else if (value instanceof SqlBasicCall call
        && call.getKind() == SqlKind.MINUS_PREFIX
        && call.operand(0) instanceof SqlNumericLiteral number
        && exact(number)) {
      return new Item.Constant(Objects.requireNonNull(number.bigDecimalValue()).negate());
    }
    if (value instanceof SqlUnknownLiteral time) {
      return time(time);
    }
    return value.getClass() == SqlLiteral.class ? word((SqlLiteral) value) : null;
  }

  /** A text that is no time is left to the planner, which says so. */
  private static Item time(SqlUnknownLiteral literal) {
    try {
      return switch (literal.tag) {
        case "DATE" -> {
          SqlDateLiteral date = (SqlDateLiteral) literal.resolve(SqlTypeName.DATE);
          yield new Item.Constant(LocalDate.parse(date.toFormattedString()));
        }
        case "TIMESTAMP" -> {
          SqlTimestampLiteral time = (SqlTimestampLiteral) literal.resolve(SqlTypeName.TIMESTAMP);
          String text = time.toFormattedString().replace(' ', 'T');
          yield new Item.Constant(LocalDateTime.parse(text));
        }
        default -> null;
      };
    } catch (CalciteException | DateTimeParseException noTime) {
      return null;
    }
  }

  private static Item word(SqlLiteral literal) {
    return switch (literal.getTypeName()) {
      case NULL -> new Item.Constant(null);
      case BOOLEAN -> literal.getValue() == null ? null : new Item.Constant(literal.booleanValue());
      default -> null;
    };
  }

  /** 1E3 is a DOUBLE, and is left to the planner. */
  private static boolean exact(SqlNumericLiteral number) {
    BigDecimal value = number.bigDecimalValue();
    return number.isExact() && value != null;
  }
}
