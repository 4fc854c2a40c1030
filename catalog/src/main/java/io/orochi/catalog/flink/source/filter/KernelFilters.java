package io.orochi.catalog.flink.source.filter;

import io.orochi.table.kernel.sql.SqlText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;

/** Flink's conditions for the kernel: only what both answer alike for every row. */
public final class KernelFilters {
  private final Operands operands;
  private final Comparisons comparisons;

  /**
   * @param schema the columns as the scan sees them
   */
  public KernelFilters(Schema schema) {
    this.operands = new Operands(schema);
    this.comparisons = new Comparisons(operands);
  }

  /** Empty if the condition must stay with Flink. */
  public Optional<KernelFilter> convert(ResolvedExpression expression) {
    if (!(expression instanceof CallExpression call)) {
      return booleanColumn(expression);
    }
    FunctionDefinition function = call.getFunctionDefinition();
    if (function == BuiltInFunctionDefinitions.AND) {
      return and(call.getResolvedChildren());
    }
    if (function == BuiltInFunctionDefinitions.OR) {
      return or(branches(call));
    }
    if (function == BuiltInFunctionDefinitions.NOT) {
      return convert(call.getResolvedChildren().get(0)).map(KernelFilters::not);
    }
    if (function == BuiltInFunctionDefinitions.IS_NULL
        || function == BuiltInFunctionDefinitions.IS_NOT_NULL) {
      return nullTest(call);
    }
    if (function == BuiltInFunctionDefinitions.IS_TRUE) {
      return convert(call.getResolvedChildren().get(0)).map(KernelFilters::isTrue);
    }
    if (function == BuiltInFunctionDefinitions.IN) {
      return in(call.getResolvedChildren());
    }
    if (function == BuiltInFunctionDefinitions.LIKE) {
      return like(call.getResolvedChildren());
    }
    return comparisons.convert(call);
  }

  private Optional<KernelFilter> booleanColumn(ResolvedExpression expression) {
    return operands
        .column(expression)
        .filter(field -> field.type().typeId() == TypeID.BOOLEAN)
        .map(
            field ->
                new KernelFilter(
                    Operands.sql(field),
                    Expressions.equal(field.name(), true),
                    Set.of(field.name())));
  }

  private Optional<KernelFilter> and(List<ResolvedExpression> conditions) {
    Expression pruning = Expressions.alwaysTrue();
    List<KernelFilter> parts = new ArrayList<>();
    for (ResolvedExpression condition : conditions) {
      Optional<KernelFilter> part = convert(condition);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
      pruning = Expressions.and(pruning, part.get().pruning());
    }
    return Optional.of(joined(parts, " AND ", pruning));
  }

  /** Flink nests a long OR as deep as it is long. */
  private static List<ResolvedExpression> branches(CallExpression or) {
    List<ResolvedExpression> branches = new ArrayList<>();
    Deque<ResolvedExpression> open = new ArrayDeque<>();
    open.push(or);
    while (!open.isEmpty()) {
      ResolvedExpression next = open.pop();
      if (next instanceof CallExpression call
          && call.getFunctionDefinition() == BuiltInFunctionDefinitions.OR) {
        List<ResolvedExpression> children = call.getResolvedChildren();
        for (int i = children.size() - 1; i >= 0; i--) {
          open.push(children.get(i));
        }
      } else {
        branches.add(next);
      }
    }
    return branches;
  }

  /** Points of one column become one set. */
  private Optional<KernelFilter> or(List<ResolvedExpression> branches) {
    Map<NestedField, List<Object>> points = new LinkedHashMap<>();
    List<KernelFilter> parts = new ArrayList<>();
    for (ResolvedExpression branch : branches) {
      Optional<Comparisons.Point> point = comparisons.point(branch);
      if (point.isPresent()) {
        points
            .computeIfAbsent(point.get().field(), f -> new ArrayList<>())
            .add(point.get().value());
        continue;
      }
      Optional<KernelFilter> part = convert(branch);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    points.forEach((field, values) -> parts.add(oneOf(field, values)));
    Expression pruning = Expressions.alwaysFalse();
    for (KernelFilter part : parts) {
      pruning = Expressions.or(pruning, part.pruning());
    }
    return Optional.of(joined(parts, " OR ", pruning));
  }

  private static KernelFilter joined(List<KernelFilter> parts, String word, Expression pruning) {
    Set<String> columns = new HashSet<>();
    parts.forEach(part -> columns.addAll(part.columns()));
    return new KernelFilter(
        parts.stream().map(KernelFilter::sql).collect(Collectors.joining(word, "(", ")")),
        pruning,
        columns);
  }

  private static KernelFilter oneOf(NestedField field, List<Object> values) {
    String list =
        values.stream()
            .map(value -> Comparisons.constantSql(field.type(), value))
            .collect(Collectors.joining(", ", " IN (", "))"));
    return new KernelFilter(
        "(" + Operands.sql(field) + list,
        Expressions.in(field.name(), values),
        Set.of(field.name()));
  }

  private static KernelFilter not(KernelFilter filter) {
    return new KernelFilter(
        "(NOT " + filter.sql() + ")", Expressions.alwaysTrue(), filter.columns());
  }

  private static KernelFilter isTrue(KernelFilter filter) {
    return new KernelFilter("(" + filter.sql() + " IS TRUE)", filter.pruning(), filter.columns());
  }

  private Optional<KernelFilter> nullTest(CallExpression call) {
    boolean isNull = call.getFunctionDefinition() == BuiltInFunctionDefinitions.IS_NULL;
    return operands
        .column(call.getResolvedChildren().get(0))
        .map(
            field ->
                new KernelFilter(
                    "(" + Operands.sql(field) + (isNull ? " IS NULL)" : " IS NOT NULL)"),
                    pruning(field, isNull),
                    Set.of(field.name())));
  }

  private static Expression pruning(NestedField field, boolean isNull) {
    if (!field.type().isPrimitiveType()) {
      return Expressions.alwaysTrue();
    }
    return isNull ? Expressions.isNull(field.name()) : Expressions.notNull(field.name());
  }

  private Optional<KernelFilter> in(List<ResolvedExpression> members) {
    List<Object> values = new ArrayList<>();
    NestedField field = null;
    for (ResolvedExpression member : members.subList(1, members.size())) {
      Optional<Comparisons.Point> point = comparisons.point(members.get(0), member);
      if (point.isEmpty()) {
        return Optional.empty();
      }
      field = point.get().field();
      values.add(point.get().value());
    }
    return Optional.ofNullable(field).map(column -> oneOf(column, values));
  }

  /** Without an escape: a backslash means something else to each engine. */
  private Optional<KernelFilter> like(List<ResolvedExpression> arguments) {
    Optional<NestedField> column =
        operands.column(arguments.get(0)).filter(f -> f.type().typeId() == TypeID.STRING);
    if (arguments.size() != 2
        || column.isEmpty()
        || !(arguments.get(1) instanceof ValueLiteralExpression literal)) {
      return Optional.empty();
    }
    Optional<String> pattern = literal.getValueAs(String.class);
    if (pattern.isEmpty() || pattern.get().indexOf('\\') >= 0) {
      return Optional.empty();
    }
    String name = column.get().name();
    return Optional.of(
        new KernelFilter(
            "(" + Operands.sql(column.get()) + " LIKE " + SqlText.literal(pattern.get()) + ")",
            startOf(name, pattern.get()),
            Set.of(name)));
  }

  private static Expression startOf(String name, String pattern) {
    int length = 0;
    while (length < pattern.length() && "%_".indexOf(pattern.charAt(length)) < 0) {
      length++;
    }
    return length == 0
        ? Expressions.notNull(name)
        : Expressions.startsWith(name, pattern.substring(0, length));
  }
}
