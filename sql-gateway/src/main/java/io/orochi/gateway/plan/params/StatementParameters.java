package io.orochi.gateway.plan.params;

import java.util.List;

/** The {@code ?} of prepared statements, bound through the parse tree and never as text. */
public final class StatementParameters {
  private StatementParameters() {}

  /** The number of {@code ?} in a statement. */
  public static int parameterCount(String sql) {
    return 0;
  }

  /**
   * The statement with each {@code ?} replaced by a literal of its value. Values are null, Boolean,
   * Number, BigDecimal, String, byte[], LocalDate, LocalTime, LocalDateTime or Instant.
   *
   * @throws io.orochi.table.error.OrochiException SQL_SYNTAX if it does not parse, SQL_INVALID if
   *     the number of values differs
   */
  public static String bind(String sql, List<Object> values) {
    return sql;
  }
}
