package io.orochi.gateway.plan.params;

import io.orochi.gateway.plan.sql.Parsing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A query of which the constants that columns are compared with were made parameters. Queries that
 * differ in nothing else have one template, which is understood once for all of them.
 *
 * @param template the text with {@code ?} in their places
 * @param values of the parameters, in order: String, Long, BigDecimal, Double, LocalDate,
 *     LocalDateTime or Instant
 */
public record LiftedQuery(String template, List<Object> values) {
  private static final int LONGEST = 16_384;
  private static final List<String> FIRST_WORDS = List.of("SELECT", "WITH");

  public LiftedQuery {
    values = List.copyOf(values);
  }

  /**
   * Empty for what is no query, has parameters of its own, or compares no column with a constant.
   * Parses the text, O(its length).
   */
  public static Optional<LiftedQuery> of(String sql) {
    if (sql.length() > LONGEST || !mayBeQuery(sql)) {
      return Optional.empty();
    }
    String text = Parsing.quoteNames(sql);
    Optional<SqlNodeList> statements = Parsing.tryParse(text);
    return statements
        .filter(parsed -> parsed.size() == 1)
        .flatMap(parsed -> new ComparedConstants(text).in(parsed.get(0)));
  }

  private static boolean mayBeQuery(String sql) {
    String start = sql.stripLeading();
    return FIRST_WORDS.stream().anyMatch(w -> start.regionMatches(true, 0, w, 0, w.length()));
  }

  /**
   * The values as those of parameters of these types; empty if the comparison with one of them
   * might not be that with the constant.
   */
  public Optional<List<Object>> valuesFor(List<RelDataType> types) {
    if (types.size() != values.size()) {
      return Optional.empty();
    }
    List<Object> converted = new ArrayList<>(values.size());
    for (int i = 0; i < types.size(); i++) {
      Object value = valueFor(types.get(i).getSqlTypeName(), values.get(i));
      if (value == null) {
        return Optional.empty();
      }
      converted.add(value);
    }
    return Optional.of(List.copyOf(converted));
  }

  /** A whole number is cast to FLOAT to be compared with one; other numbers are not. */
  private static Number asComparedWithFloat(Number number) {
    return number instanceof Long ? (Number) number.floatValue() : number.doubleValue();
  }

  private static Object valueFor(SqlTypeName type, Object value) {
    if (!(value instanceof Number number)) {
      return value;
    }
    return switch (type) {
      case DOUBLE -> number.doubleValue();
      case FLOAT -> asComparedWithFloat(number);
      case DECIMAL ->
          number instanceof Long whole
              ? BigDecimal.valueOf(whole)
              : number instanceof BigDecimal ? number : null;
      default -> number instanceof Long ? number : null;
    };
  }
}
