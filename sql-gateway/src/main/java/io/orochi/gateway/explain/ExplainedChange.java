package io.orochi.gateway.explain;

import org.apache.flink.table.operations.Operation;

/**
 * EXPLAIN of INSERT, UPDATE, DELETE or MERGE, which is not run.
 *
 * @param sql the change
 * @param change what the parser made of it
 */
public record ExplainedChange(String sql, Operation change) implements Operation {
  @Override
  public String asSummaryString() {
    return "EXPLAIN " + sql.strip();
  }
}
