package io.orochi.catalog.flink.source;

import io.orochi.table.kernel.sql.KernelTypes;
import io.orochi.table.kernel.sql.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.flink.FlinkSchemaUtil;

/**
 * Flink's local aggregates as the kernel's SQL, with the types and overflow rules of Flink's
 * buffers; the global aggregate, which stays Flink's, cannot tell who made its input.
 *
 * @param values one text per column of the buffers
 * @param keys columns to group by
 * @param columns that are read
 */
record PartialAggregates(
    List<String> values, List<String> keys, List<String> columns, RowType produced) {
  /**
   * Empty if one of the aggregates cannot be computed exactly as Flink would.
   *
   * @param input the rows of the scan so far
   * @param grouping columns of the input
   * @param produced the keys, then the buffers
   */
  static Optional<PartialAggregates> of(
      RowType input, int[] grouping, List<AggregateExpression> aggregates, RowType produced) {
    List<String> values = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>();
    for (int key : grouping) {
      if (!groupsAlike(input.getTypeAt(key))) {
        return Optional.empty();
      }
      String name = input.getFieldNames().get(key);
      columns.add(name);
      keys.add(SqlText.identifier(name));
      values.add(SqlText.identifier(name));
    }
    for (AggregateExpression aggregate : aggregates) {
      Optional<String> value = write(aggregate, produced.getTypeAt(values.size()));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
      aggregate.getArgs().forEach(argument -> columns.add(argument.getName()));
    }
    return Optional.of(new PartialAggregates(values, keys, List.copyOf(columns), produced));
  }

  /** Whether a function counts rows or values. */
  static boolean counts(AggregateExpression aggregate) {
    return switch (Kind.of(aggregate.getFunctionDefinition())) {
      case COUNT_ROWS, COUNT -> true;
      case SUM, SUM_OR_ZERO, MIN, MAX, OTHER -> false;
    };
  }

  /** Flink tells 0.0 from -0.0 and compares NaN by its bits. */
  private static boolean groupsAlike(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN, INTEGER, BIGINT, DECIMAL, CHAR, VARCHAR, DATE -> true;
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
      default -> false;
    };
  }

  private static Optional<String> write(AggregateExpression aggregate, LogicalType buffer) {
    if (aggregate.isDistinct()
        || aggregate.isApproximate()
        || aggregate.getFilterExpression().isPresent()
        || aggregate.getArgs().size() > 1) {
      return Optional.empty();
    }
    String argument =
        aggregate.getArgs().isEmpty()
            ? ""
            : SqlText.identifier(aggregate.getArgs().get(0).getName());
    LogicalType type =
        aggregate.getArgs().isEmpty()
            ? null
            : aggregate.getArgs().get(0).getOutputDataType().getLogicalType();
    return switch (Kind.of(aggregate.getFunctionDefinition())) {
      case COUNT_ROWS -> Optional.of("count(*)");
      case COUNT -> Optional.of(argument.isEmpty() ? "count(*)" : "count(" + argument + ")");
      case SUM -> sum(argument, type, buffer);
      case SUM_OR_ZERO ->
          sum(argument, type, buffer)
              .map(sum -> "coalesce(" + sum + ", " + cast("0", buffer) + ")");
      case MIN -> extreme("min", argument, type, buffer);
      case MAX -> extreme("max", argument, type, buffer);
      case OTHER -> Optional.empty();
    };
  }

  private static Optional<String> sum(String argument, LogicalType type, LogicalType buffer) {
    String sum = "sum(" + argument + ")";
    LogicalTypeRoot from = type.getTypeRoot();
    return switch (buffer.getTypeRoot()) {
      case INTEGER -> whole(from).map(ok -> cast(wrapped(sum, Integer.SIZE), buffer));
      case BIGINT -> whole(from).map(ok -> cast(wrapped(sum, Long.SIZE), buffer));
      // A sum of more than 38 digits fails here; Flink starts again at the next row.
      case DECIMAL ->
          from == LogicalTypeRoot.DECIMAL
                  && ((DecimalType) type).getScale() == ((DecimalType) buffer).getScale()
              ? Optional.of(cast(sum, buffer))
              : Optional.empty();
      // Flink adds FLOATs in single precision
      case DOUBLE ->
          from == LogicalTypeRoot.DOUBLE ? Optional.of(cast(sum, buffer)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Boolean> whole(LogicalTypeRoot root) {
    return root == LogicalTypeRoot.INTEGER || root == LogicalTypeRoot.BIGINT
        ? Optional.of(true)
        : Optional.empty();
  }

  /** Java's overflow: the sum modulo 2^bits. Sums of whole numbers have 128 bits in the kernel. */
  private static String wrapped(String sum, int bits) {
    String range = bits == Long.SIZE ? "18446744073709551616" : "4294967296";
    String half = bits == Long.SIZE ? "9223372036854775808" : "2147483648";
    String modulus = "CAST('" + range + "' AS HUGEINT)";
    String shift = "CAST('" + half + "' AS HUGEINT)";
    return "(((" + sum + " + " + shift + ") % " + modulus + " + " + modulus + ") % " + modulus
        + " - " + shift + ")";
  }

  private static Optional<String> extreme(
      String function, String argument, LogicalType type, LogicalType buffer) {
    boolean ordersAlike = groupsAlike(type) || type.is(LogicalTypeRoot.DOUBLE);
    return ordersAlike && type.copy(true).equals(buffer.copy(true))
        ? Optional.of(function + "(" + argument + ")")
        : Optional.empty();
  }

  private static String cast(String sql, LogicalType type) {
    return "CAST(" + sql + " AS " + KernelTypes.nameOf(FlinkSchemaUtil.convert(type)) + ")";
  }

  /** Flink's planner hands over functions of its own, which have no public names. */
  private enum Kind {
    COUNT_ROWS,
    COUNT,
    SUM,
    SUM_OR_ZERO,
    MIN,
    MAX,
    OTHER;

    static Kind of(FunctionDefinition function) {
      Class<?> type = function.getClass();
      while (type != null) {
        switch (type.getSimpleName()) {
          case "Count1AggFunction":
            return COUNT_ROWS;
          case "CountAggFunction":
            return COUNT;
          case "SumAggFunction":
            return SUM;
          case "Sum0AggFunction":
            return SUM_OR_ZERO;
          case "MinAggFunction":
            return MIN;
          case "MaxAggFunction":
            return MAX;
          default:
            type = type.getSuperclass();
        }
      }
      return OTHER;
    }
  }
}
