package io.orochi.gateway.statement;

import io.orochi.gateway.change.ChangeExplainer;
import io.orochi.gateway.change.ChangePlan;
import io.orochi.gateway.change.ChangePlanner;
import io.orochi.gateway.change.ObservedTarget;
import io.orochi.gateway.explain.ChangeActuals;
import io.orochi.gateway.explain.ChangeActuals.Scope;
import io.orochi.gateway.explain.ChangeActuals.Times;
import io.orochi.gateway.explain.ChangeExplanation;
import io.orochi.gateway.explain.ExplainedChange;
import io.orochi.gateway.insert.ValuesInsert;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.ExplainRequest.Format;
import io.orochi.gateway.statement.result.StatementResult;
import io.orochi.gateway.statement.running.RunningStatement;
import java.util.List;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;

/** EXPLAIN of the changes of one session; EXPLAIN ANALYZE runs them as they run without it. */
final class ChangeExplanations {
  private final Engines engines;
  private final StatementExecutor.State state;
  private final PlanningEnvironment planning;
  private final StatementSession session;

  ChangeExplanations(Engines engines, StatementExecutor.State state, StatementSession session) {
    this.engines = engines;
    this.state = state;
    this.planning = state.planning();
    this.session = session;
  }

  String of(RunningStatement statement, ExplainedChange explained) throws Exception {
    long start = System.nanoTime();
    ChangeExplanation explanation = plan(statement, explained.change());
    long planned = System.nanoTime() - start;
    if (explained.isRun()) {
      explanation = explanation.with(run(statement, explained, planned));
    }
    return explained.request().format() == Format.JSON ? explanation.json() : explanation.text();
  }

  private ChangeExplanation plan(RunningStatement statement, Operation change) {
    if (change instanceof ValuesInsert insert) {
      return ChangeExplainer.rows(insert.statement().table(), insert.statement().rows().size());
    }
    statement.throwIfCancelled();
    return planned(change);
  }

  private ChangeExplanation planned(Operation operation) {
    List<ModifyOperation> parts = Updates.parts(operation);
    return planning.with(
        session::newEnvironment,
        environment -> {
          QuerySettings settings = session.querySettings(environment);
          try {
            if (parts.size() > 1) {
              throw new CannotExpress("several changes at once");
            }
            ChangePlan plan =
                engines
                    .changes()
                    .plan(
                        parts.get(0),
                        new ChangePlanner.Session(environment, settings, state.changes()));
            return ChangeExplainer.onKernel(plan, settings);
          } catch (CannotExpress refused) {
            return KernelChanges.isOnlyForKernel(parts.get(0), settings.engine())
                ? ChangeExplainer.refused(refused.getMessage())
                : ChangeExplainer.onFlink(
                    refused.getMessage(), environment.explainInternal(List.copyOf(parts)));
          }
        });
  }

  private ChangeActuals run(RunningStatement statement, ExplainedChange explained, long planNanos)
      throws Exception {
    ObservedTarget target = new ObservedTarget(state.changes());
    StatementExecutor.State observed =
        new StatementExecutor.State(planning, target, state.transaction(), state.settings());
    UpdateRunner runner =
        new UpdateRunner(
            engines, observed, new ValuesInserts(engines, session.context(), observed), session);
    ParsedStatement change =
        new ParsedStatement(explained.request().query(), explained.change(), StatementKind.UPDATE);
    boolean inside = state.transaction().current().isPresent();
    long start = System.nanoTime();
    try (StatementResult result = runner.run(statement, change)) {
      long nanos = System.nanoTime() - start;
      return new ChangeActuals(
          result.changedRows(),
          result instanceof StatementResult.OfUpdate update && update.job() != null
              ? update.job().toString()
              : null,
          inside ? Scope.TRANSACTION : Scope.EVERYBODY,
          target.published(),
          target.bufferedRows(),
          new Times(
              explained.parseNanos(),
              planNanos,
              nanos - target.publishNanos(),
              target.publishNanos()));
    }
  }
}
