package io.orochi.gateway.statement;

import io.orochi.gateway.change.ChangeExplainer;
import io.orochi.gateway.change.ChangePlan;
import io.orochi.gateway.change.ChangePlanner;
import io.orochi.gateway.change.ChangeTarget;
import io.orochi.gateway.explain.ExplainedChange;
import io.orochi.gateway.insert.ValuesInsert;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.statement.running.RunningStatement;
import java.util.List;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;

/** EXPLAIN of the changes of one session; nothing is written. */
final class ChangeExplanations {
  private final Engines engines;
  private final PlanningEnvironment planning;
  private final ChangeTarget target;
  private final StatementSession session;

  ChangeExplanations(Engines engines, StatementExecutor.State state, StatementSession session) {
    this.engines = engines;
    this.planning = state.planning();
    this.target = state.changes();
    this.session = session;
  }

  String of(RunningStatement statement, ExplainedChange explained) {
    if (explained.change() instanceof ValuesInsert insert) {
      return ChangeExplainer.rows(insert.statement().table(), insert.statement().rows().size());
    }
    statement.throwIfCancelled();
    return planned(explained.change());
  }

  private String planned(Operation operation) {
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
                    .plan(parts.get(0), new ChangePlanner.Session(environment, settings, target));
            return ChangeExplainer.text(plan, settings);
          } catch (CannotExpress refused) {
            return KernelChanges.isOnlyForKernel(parts.get(0), settings.engine())
                ? ChangeExplainer.refused(refused.getMessage())
                : ChangeExplainer.onFlink(
                    refused.getMessage(), environment.explainInternal(List.copyOf(parts)));
          }
        });
  }
}
