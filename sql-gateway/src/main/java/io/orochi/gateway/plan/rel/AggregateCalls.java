package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.rel.tree.Histograms;
import io.orochi.gateway.plan.rel.tree.Percentages;
import io.orochi.gateway.plan.rex.value.DecimalDivision;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.KernelTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** Aggregate functions with Flink's result types. */
final class AggregateCalls {
  private AggregateCalls() {}

  /**
   * @param below what the aggregate is over
   */
  static String write(AggregateCall call, Block input, RelNode below) {
    RelDataType row = below.getRowType();
    String name = call.getAggregation().getName().toUpperCase(Locale.ROOT);
    boolean ordered = !call.getCollation().getFieldCollations().isEmpty();
    if (ordered && !name.equals("ARRAY_AGG") || call.ignoreNulls()) {
      throw refusal(call, "an ordered aggregate");
    }
    RelDataType argument =
        call.getArgList().isEmpty()
            ? null
            : row.getFieldList().get(call.getArgList().get(0)).getType();
    return switch (name) {
      case "COUNT" -> count(call, input);
      case "SUM", "$SUM0" -> sum(call, input, argument, name);
      case "AVG" -> average(call, input, argument);
      case "MIN", "MAX" -> typed(apply(call, input, name.toLowerCase(Locale.ROOT)), call);
      case "STDDEV_POP", "STDDEV_SAMP", "STDDEV", "VAR_POP", "VAR_SAMP", "VARIANCE" ->
          spread(call, input, argument, name);
      case "GROUPING", "GROUPING_ID" -> "GROUPING(" + arguments(call, input) + ")";
      case "LISTAGG" -> list(call, input, argument);
      case "FIRST" -> byTime(call, input, "arg_min_null");
      case "LAST" -> byTime(call, input, "arg_max_null");
      case "ARRAY_AGG" -> array(call, input);
      case "PERCENTILE" -> percentile(call, input, below);
      case "HISTOGRAM" -> histogram(call, input, below);
      default -> throw refusal(call, "this aggregate");
    };
  }

  /** The input's columns that the call's text names. */
  static List<Integer> columns(AggregateCall call) {
    List<Integer> arguments = call.getArgList();
    String name = call.getAggregation().getName().toUpperCase(Locale.ROOT);
    if (name.equals("PERCENTILE") || name.equals("HISTOGRAM")) {
      return arguments.subList(0, 1);
    }
    List<Integer> columns = new ArrayList<>(arguments);
    call.getCollation().getFieldCollations().forEach(key -> columns.add(key.getFieldIndex()));
    return columns;
  }

  private static CannotExpress refusal(AggregateCall call, String why) {
    return new CannotExpress(why + ": " + call.getAggregation().getName());
  }

  private static String typed(String sql, AggregateCall call) {
    return "CAST(" + sql + " AS " + KernelTypes.of(call.getType()) + ")";
  }

  private static String arguments(AggregateCall call, Block input) {
    return call.getArgList().stream()
        .map(argument -> input.column(argument).sql())
        .collect(Collectors.joining(", "));
  }

  private static String apply(AggregateCall call, Block input, String function) {
    return function
        + "("
        + (call.isDistinct() ? "DISTINCT " : "")
        + arguments(call, input)
        + ")"
        + filter(call, input, "");
  }

  private static String filter(AggregateCall call, Block input, String also) {
    String condition = call.filterArg >= 0 ? input.column(call.filterArg).sql() : "";
    String both =
        condition.isEmpty() || also.isEmpty() ? condition + also : condition + " AND " + also;
    return both.isEmpty() ? "" : " FILTER (WHERE " + both + ")";
  }

  /** Rows in which no operand is NULL. */
  private static String count(AggregateCall call, Block input) {
    List<Integer> arguments = call.getArgList();
    if (arguments.isEmpty()) {
      return "count(*)" + filter(call, input, "");
    }
    if (arguments.size() == 1) {
      return apply(call, input, "count");
    }
    String present =
        arguments.stream()
            .map(argument -> input.column(argument).sql() + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    String counted = call.isDistinct() ? "DISTINCT (" + arguments(call, input) + ")" : "*";
    return "count(" + counted + ")" + filter(call, input, present);
  }

  private static String sum(AggregateCall call, Block input, RelDataType argument, String name) {
    if (argument.getSqlTypeName() == SqlTypeName.FLOAT) {
      throw refusal(call, "a sum of FLOAT, which Flink adds in single precision");
    }
    String sum = apply(call, input, "sum");
    return typed(name.equals("$SUM0") ? "coalesce(" + sum + ", 0)" : sum, call);
  }

  /** Whole numbers cut off, decimals rounded half away from zero, both exact. */
  private static String average(AggregateCall call, Block input, RelDataType argument) {
    String sum = apply(call, input, "sum");
    String count = "nullif(" + apply(call, input, "count") + ", 0)";
    return switch (argument.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> typed(sum + " // " + count, call);
      case DECIMAL -> DecimalDivision.write(sum, argument.getScale(), count, 0, call.getType());
      case FLOAT, DOUBLE -> typed(apply(call, input, "avg"), call);
      default -> throw refusal(call, "an average of " + argument);
    };
  }

  private static String spread(AggregateCall call, Block input, RelDataType argument, String name) {
    if (argument.getSqlTypeName() != SqlTypeName.DOUBLE) {
      throw refusal(call, "a deviation of " + argument);
    }
    return apply(call, input, name.toLowerCase(Locale.ROOT));
  }

  /** Of a row twice as of one: DISTINCT changes nothing. */
  private static String byTime(AggregateCall call, Block input, String function) {
    if (call.getArgList().size() != 2) {
      throw refusal(call, "this aggregate");
    }
    return typed(function + "(" + arguments(call, input) + ")" + filter(call, input, ""), call);
  }

  private static String list(AggregateCall call, Block input, RelDataType argument) {
    String separator =
        call.getArgList().size() > 1 ? input.column(call.getArgList().get(1)).sql() : "','";
    if (call.isDistinct() || argument.getSqlTypeName() != SqlTypeName.VARCHAR) {
      throw refusal(call, "this list");
    }
    return "string_agg("
        + input.column(call.getArgList().get(0)).sql()
        + ", "
        + separator
        + ")"
        + filter(call, input, "");
  }

  /** Without ORDER BY rows come in any order in both engines. */
  private static String array(AggregateCall call, Block input) {
    if (call.isDistinct()) {
      throw refusal(call, "an array of distinct values");
    }
    List<RelFieldCollation> keys = call.getCollation().getFieldCollations();
    String order =
        keys.isEmpty()
            ? ""
            : keys.stream()
                .map(key -> orderKey(key, input))
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
    return typed("list(" + arguments(call, input) + order + ")" + filter(call, input, ""), call);
  }

  private static String orderKey(RelFieldCollation key, Block input) {
    return input.column(key.getFieldIndex()).sql()
        + (key.getDirection().isDescending() ? " DESC" : " ASC")
        + (key.nullDirection == RelFieldCollation.NullDirection.FIRST
            ? " NULLS FIRST"
            : " NULLS LAST");
  }

  /** Between two neighbours in proportion, as the kernel's own function does. */
  private static String percentile(AggregateCall call, Block input, RelNode below) {
    if (call.getArgList().size() != 2 || call.isDistinct()) {
      throw refusal(call, "a percentile of values with frequencies");
    }
    String places =
        Percentages.of(below, call.getArgList().get(1))
            .orElseThrow(() -> refusal(call, "a computed percentage"));
    String values = "CAST(" + input.column(call.getArgList().get(0)).sql() + " AS DOUBLE)";
    return typed("quantile_cont(" + values + ", " + places + ")" + filter(call, input, ""), call);
  }

  /** Counts by bucket, of which those without a value are none. */
  private static String histogram(AggregateCall call, Block input, RelNode below) {
    if (call.isDistinct()) {
      throw refusal(call, "a histogram of distinct values");
    }
    Histograms histogram =
        Histograms.of(below, call.getArgList())
            .orElseThrow(() -> refusal(call, "a computed range or number of buckets"));
    String buckets = histogram.bucket(input.column(call.getArgList().get(0)).sql());
    String counts = "histogram(" + buckets + ")" + filter(call, input, "");
    return typed(histogram.array(counts), call);
  }
}
