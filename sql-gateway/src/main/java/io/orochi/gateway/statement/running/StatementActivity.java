package io.orochi.gateway.statement.running;

import io.orochi.catalog.flink.procedure.QueryCanceller;
import java.time.ZoneOffset;
import java.util.List;

/** The server's statements as {@code info.active_queries} shows them. */
public final class StatementActivity implements QueryCanceller {
  private final Statements statements;

  public StatementActivity(Statements statements) {
    this.statements = statements;
  }

  /** The rows of {@code info.active_queries}, oldest first. */
  public List<Object[]> rows() {
    return statements.running().stream().map(StatementActivity::row).toList();
  }

  private static Object[] row(RunningStatement statement) {
    String engine = statement.engine();
    String state =
        statement.cancellation().isPresent()
            ? "cancelling"
            : engine == null ? "planning" : "running";
    Double progress = null;
    return new Object[] {
      statement.handle().getIdentifier().toString(),
      statement.session().getIdentifier().toString(),
      statement.sql().strip(),
      engine,
      state,
      statement.startedAt().atOffset(ZoneOffset.UTC),
      statement.rows(),
      progress
    };
  }

  @Override
  public boolean cancel(String queryId) {
    return statements.running().stream()
        .filter(statement -> statement.handle().getIdentifier().toString().equals(queryId))
        .findFirst()
        .map(statement -> statements.cancel(statement.handle()))
        .orElse(false);
  }
}
