package io.orochi.gateway.plan.rel.tree;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The constants of {@code histogram(value, min, max, nbuckets)}.
 *
 * @param min less than max
 * @param buckets at least 1
 */
public record Histograms(double min, double max, int buckets) {
  /** Empty if they are computed. */
  public static Optional<Histograms> of(RelNode below, List<Integer> arguments) {
    if (!(below instanceof Project project)) {
      return Optional.empty();
    }
    Optional<BigDecimal> min = number(project.getProjects().get(arguments.get(1)));
    Optional<BigDecimal> max = number(project.getProjects().get(arguments.get(2)));
    Optional<BigDecimal> buckets = number(project.getProjects().get(arguments.get(3)));
    if (min.isEmpty() || max.isEmpty() || buckets.isEmpty() || buckets.get().scale() > 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Histograms(
            min.get().doubleValue(), max.get().doubleValue(), buckets.get().intValueExact()));
  }

  private static Optional<BigDecimal> number(RexNode node) {
    if (node.getKind() == SqlKind.CAST && node.getType().getSqlTypeName() == SqlTypeName.DOUBLE) {
      return literal(((RexCall) node).getOperands().get(0));
    }
    return literal(node);
  }

  private static Optional<BigDecimal> literal(RexNode node) {
    if (node.getKind() == SqlKind.MINUS_PREFIX) {
      return literal(((RexCall) node).getOperands().get(0)).map(BigDecimal::negate);
    }
    return node instanceof RexLiteral literal && literal.getValue() instanceof BigDecimal number
        ? Optional.of(number)
        : Optional.empty();
  }

  /** The number of a value's bucket; the kernel takes NaN for the greatest number. */
  public String bucket(String value) {
    String number = "CAST(" + value + " AS DOUBLE)";
    String least = sql(min);
    String place =
        "floor(" + buckets + " * ((" + number + " - " + least + ") / " + sql(max - min) + "))";
    return "CASE WHEN "
        + number
        + " < "
        + least
        + " THEN 0 WHEN "
        + number
        + " < "
        + sql(max)
        + " THEN CAST(least("
        + place
        + ", "
        + (buckets - 1)
        + ") AS INTEGER) + 1 WHEN "
        + number
        + " IS NOT NULL THEN "
        + (buckets + 1)
        + " END";
  }

  /**
   * @param counts a map from the numbers of buckets that have values to how many
   */
  public String array(String counts) {
    return "CASE WHEN "
        + counts
        + " IS NOT NULL THEN list_transform(range(0, "
        + (buckets + 2)
        + "), lambda bucket: coalesce("
        + counts
        + "[CAST(bucket AS INTEGER)], 0)) END";
  }

  private static String sql(double number) {
    return "CAST('" + number + "' AS DOUBLE)";
  }
}
