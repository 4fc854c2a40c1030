package io.orochi.gateway.plan.check;

/** What Flink accepts and silently misreads is refused here, before Flink sees it. */
public final class StatementChecks {
  private StatementChecks() {}

  /**
   * Returns if there is nothing to refuse, also when the text does not parse (Flink will say so).
   *
   * @throws io.orochi.table.error.OrochiException SQL_INVALID
   */
  public static void check(String sql) {}
}
