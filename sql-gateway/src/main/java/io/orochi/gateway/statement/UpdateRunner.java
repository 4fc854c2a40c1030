package io.orochi.gateway.statement;

import io.orochi.gateway.change.StagedCreation;
import io.orochi.gateway.insert.ValuesInsert;
import io.orochi.gateway.plan.asof.KernelOnly;
import io.orochi.gateway.statement.result.StatementResult;
import io.orochi.gateway.statement.running.RunningStatement;
import io.orochi.gateway.transaction.InTransaction;
import io.orochi.gateway.transaction.SessionTransaction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;

/** Changes: by the kernel where it can compute their rows, otherwise as Flink jobs. */
final class UpdateRunner implements StatementRunner {
  private final Engines engines;
  private final PlanningEnvironment planning;
  private final SessionTransaction transaction;
  private final KernelChanges changes;
  private final ValuesInserts inserts;
  private final StatementSession session;

  UpdateRunner(
      Engines engines,
      StatementExecutor.State state,
      ValuesInserts inserts,
      StatementSession session) {
    this.engines = engines;
    this.planning = state.planning();
    this.transaction = state.transaction();
    this.changes = new KernelChanges(engines, planning, state.changes());
    this.inserts = inserts;
    this.session = session;
  }

  @Override
  public StatementResult run(RunningStatement statement, ParsedStatement parsed) throws Exception {
    engines.statements().admit(statement);
    return parsed.operation() instanceof ValuesInsert insert
        ? inserts.run(
            statement,
            parsed.sql(),
            insert,
            session.settings(),
            bound -> change(statement, session.parser().parseToPlan(bound)))
        : change(statement, parsed);
  }

  private StatementResult change(RunningStatement statement, ParsedStatement parsed)
      throws Exception {
    return transaction.current().isPresent()
        ? change(statement, parsed.operation())
        : Replanning.run(
            parsed,
            () -> session.parser().parseToPlan(parsed.sql()),
            again -> change(statement, again.operation()));
  }

  private StatementResult change(RunningStatement statement, Operation operation) throws Exception {
    List<ModifyOperation> parts = Updates.parts(operation);
    boolean inside = transaction.current().isPresent();
    if (parts.size() == 1 && (inside || waitsForJobs())) {
      OptionalLong rows = changes.run(statement, parts.get(0), session);
      if (rows.isPresent()) {
        statement.finish();
        return Updates.counted(statement.handle(), rows.getAsLong());
      }
    }
    if (inside) {
      throw InTransaction.needsFlink(statement.sql(), "the kernel cannot run it");
    }
    return waitsForJobs() ? waited(statement, parts) : submitted(statement, parts, false);
  }

  /** A table that is created shows once its rows are all there. */
  private StatementResult waited(RunningStatement statement, List<ModifyOperation> parts)
      throws Exception {
    Optional<StagedCreation> creation =
        planning.with(
            session::newEnvironment, environment -> StagedCreation.begin(parts, environment));
    if (creation.isEmpty()) {
      return submitted(statement, parts, true);
    }
    StatementResult result;
    try {
      result = submitted(statement, List.of(creation.get().insert()), true);
    } catch (Exception failure) {
      creation.get().discard();
      throw failure;
    }
    creation.get().publish();
    return result;
  }

  private StatementResult submitted(
      RunningStatement statement, List<ModifyOperation> parts, boolean wait) throws Exception {
    KernelOnly.refuse(parts, mode());
    statement.runsOn("flink");
    TableResultInternal started =
        planning.with(session::newEnvironment, environment -> environment.executeInternal(parts));
    return Updates.await(statement, started, wait);
  }

  /** A batch change is waited for unless the session says otherwise; a stream never by default. */
  private boolean waitsForJobs() {
    Configuration conf = session.context().getSessionConf();
    return conf.getOptional(TableConfigOptions.TABLE_DML_SYNC)
        .orElse(mode() == RuntimeExecutionMode.BATCH);
  }

  private RuntimeExecutionMode mode() {
    return session.context().getSessionConf().get(ExecutionOptions.RUNTIME_MODE);
  }
}
