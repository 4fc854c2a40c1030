package io.orochi.gateway.statement;

import io.orochi.gateway.kernel.KernelExecutor;
import io.orochi.gateway.plan.PlannedQuery;
import io.orochi.gateway.plan.stage.Stages;
import io.orochi.gateway.statement.flink.RowsTableResult;
import io.orochi.gateway.statement.result.FlinkRows;
import io.orochi.gateway.statement.result.KernelRows;
import io.orochi.gateway.statement.result.ResultLimit;
import io.orochi.gateway.statement.result.StatementResult;
import io.orochi.gateway.statement.running.RunningStatement;
import io.orochi.gateway.transaction.InTransaction;
import io.orochi.gateway.transaction.SessionTransaction;
import io.orochi.table.error.OrochiException;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.operations.Operation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queries: on the kernel where it can express them, otherwise as a Flink job. */
final class QueryRunner implements StatementRunner {
  private static final Logger LOG = LoggerFactory.getLogger(QueryRunner.class);

  private final Engines engines;
  private final PlanningEnvironment planning;
  private final SessionTransaction transaction;
  private final QueryPlans plans;
  private final StatementSession session;

  QueryRunner(
      Engines engines, StatementExecutor.State state, QueryPlans plans, StatementSession session) {
    this.engines = engines;
    this.planning = state.planning();
    this.transaction = state.transaction();
    this.plans = plans;
    this.session = session;
  }

  QueryPlans plans() {
    return plans;
  }

  StatementSession session() {
    return session;
  }

  PlanningEnvironment planning() {
    return planning;
  }

  @Override
  public StatementResult run(RunningStatement statement, ParsedStatement asked) throws Exception {
    engines.statements().admit(statement);
    return transaction.current().isPresent()
        ? attempt(statement, asked)
        : Replanning.run(
            asked,
            () -> session.parser().parseAnew(asked.boundSql()),
            again -> attempt(statement, again));
  }

  private StatementResult attempt(RunningStatement statement, ParsedStatement asked) {
    ResultLimit limit = ResultLimit.of(session.settings());
    ParsedStatement parsed =
        plans.holds(asked.source()) ? asked : session.parser().parse(asked.boundSql());
    PlannedQuery planned = plan(parsed);
    if (planned instanceof PlannedQuery.OnKernel onKernel) {
      try {
        return onKernel(statement, onKernel, limit);
      } catch (OrochiException failure) {
        if (transaction.current().isPresent()
            || !KernelExecutor.mayRetryOnFlink(onKernel.query(), failure)) {
          throw failure;
        }
        LOG.info(
            "The kernel refused a value or its SQL, Flink takes over: {} {}",
            failure.summary(),
            failure.detail());
      }
    } else if (transaction.current().isPresent()) {
      throw InTransaction.needsFlink(statement.sql(), ((PlannedQuery.OnFlink) planned).reason());
    }
    return onFlink(statement, parsed, limit);
  }

  private PlannedQuery plan(ParsedStatement parsed) {
    return plans
        .fixed(parsed.source())
        .orElseGet(
            () ->
                planning.with(
                    session::newEnvironment,
                    environment ->
                        plans.plan(
                            parsed,
                            environment,
                            session.querySettings(environment),
                            new Stages())));
  }

  private StatementResult onKernel(
      RunningStatement statement, PlannedQuery.OnKernel planned, ResultLimit limit) {
    statement.runsOn("kernel");
    KernelRows rows =
        new KernelRows(
            engines.kernel().execute(planned.query(), statement::runsIn), statement, limit);
    rows.loadFirst();
    return new StatementResult.OfKernel(
        rows,
        planned.schema(),
        () ->
            RowsTableResult.textOf(
                planned.schema(),
                session.context().getSessionConf(),
                session.context().getUserClassloader()));
  }

  private StatementResult onFlink(
      RunningStatement statement, ParsedStatement parsed, ResultLimit limit) {
    statement.runsOn("flink");
    Operation operation = ownOperation(parsed);
    return planning.with(
        session::newEnvironment,
        environment -> {
          TableResultInternal result = environment.executeInternal(operation);
          return new StatementResult.OfFlink(result, new FlinkRows(result, statement, limit));
        });
  }

  /** Flink runs only what the session itself has parsed. */
  Operation ownOperation(ParsedStatement parsed) {
    if (parsed.operation() != null) {
      return parsed.operation();
    }
    return session.parser().parseAnew(parsed.boundSql()).operation();
  }
}
