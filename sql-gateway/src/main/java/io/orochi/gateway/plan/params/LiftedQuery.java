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
 * @param values of the parameters, in order: String, Long, BigDecimal, LocalDate, LocalDateTime or
 *     Instant
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

  /** The kinds of the constants, which the template does not tell. */
  public List<Class<?>> kinds() {
    return values.stream().<Class<?>>map(Object::getClass).toList();
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
      Object value = values.get(i);
      if (types.get(i).getSqlTypeName() == SqlTypeName.DOUBLE && value instanceof Number number) {
        converted.add(number.doubleValue());
      } else if (value instanceof BigDecimal) {
        return Optional.empty();
      } else {
        converted.add(value);
      }
    }
    return Optional.of(List.copyOf(converted));
  }
}
