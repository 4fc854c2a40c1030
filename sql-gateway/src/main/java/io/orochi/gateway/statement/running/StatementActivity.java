package io.orochi.gateway.statement.running;

import io.orochi.catalog.flink.procedure.QueryCanceller;
import io.orochi.gateway.plan.sql.HiddenSecrets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.apache.flink.api.common.JobID;

/** The server's statements as {@code info.active_queries} shows them. */
public final class StatementActivity implements QueryCanceller {
  private final Statements statements;
  private final Function<JobID, OptionalDouble> jobs;

  /**
   * @param jobs knows how far a job is, from 0 to 1
   */
  public StatementActivity(Statements statements, Function<JobID, OptionalDouble> jobs) {
    this.statements = statements;
    this.jobs = jobs;
  }

  /** The rows of {@code info.active_queries}, oldest first. */
  public List<Object[]> rows() {
    return statements.running().stream().map(this::row).toList();
  }

  private Object[] row(RunningStatement statement) {
    String engine = statement.engine();
    String state =
        statement.cancellation().isPresent()
            ? "cancelling"
            : engine == null ? "planning" : "running";
    OptionalDouble progress = statement.progress(jobs);
    return new Object[] {
      statement.handle().getIdentifier().toString(),
      statement.session().getIdentifier().toString(),
      HiddenSecrets.in(statement.sql().strip()),
      engine,
      state,
      statement.startedAt().atOffset(ZoneOffset.UTC),
      statement.rows(),
      progress.isPresent() ? progress.getAsDouble() : null
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
