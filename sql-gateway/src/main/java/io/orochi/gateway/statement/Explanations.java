package io.orochi.gateway.statement;

import io.orochi.gateway.explain.Actuals;
import io.orochi.gateway.explain.ExplainedQuery;
import io.orochi.gateway.explain.Explanation;
import io.orochi.gateway.explain.QueryRun;
import io.orochi.gateway.kernel.KernelExecutor;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.PlannedQuery;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.cache.PlanOrigin;
import io.orochi.gateway.plan.explain.QueryExplainer;
import io.orochi.gateway.plan.sql.ExplainRequest.Format;
import io.orochi.gateway.plan.stage.Stage;
import io.orochi.gateway.plan.stage.Stages;
import io.orochi.gateway.statement.result.FlinkRows;
import io.orochi.gateway.statement.result.ResultLimit;
import io.orochi.gateway.statement.running.RunningStatement;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.ExplainOperation;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;

/** EXPLAIN of one session: planned by the planner that would run the query, and run if asked. */
final class Explanations {
  private final Engines engines;
  private final QueryRunner queries;
  private final QueryPlans plans;
  private final PlanningEnvironment planning;
  private final StatementSession session;

  Explanations(Engines engines, QueryRunner queries) {
    this.engines = engines;
    this.queries = queries;
    this.plans = queries.plans();
    this.planning = queries.planning();
    this.session = queries.session();
  }

  /** Empty for what only Flink can explain. */
  Optional<String> of(RunningStatement statement, ParsedStatement parsed) throws Exception {
    if (parsed.operation() instanceof ExplainedQuery explained) {
      return Optional.of(explain(statement, explained));
    }
    if (parsed.operation() instanceof ExplainOperation explain
        && explain.getChild() instanceof PlannerQueryOperation query
        && explain.getExplainDetails().isEmpty()) {
      ParsedStatement asked = new ParsedStatement(parsed.sql(), query, StatementKind.QUERY);
      return Optional.of(plan(asked, new Stages()).text());
    }
    return Optional.empty();
  }

  private String explain(RunningStatement statement, ExplainedQuery explained) throws Exception {
    Stages stages = new Stages();
    stages.add(Stage.PARSE, explained.parseNanos());
    ParsedStatement query =
        current(
            new ParsedStatement(
                explained.request().query(),
                explained.query(),
                StatementKind.QUERY,
                explained.source()),
            stages);
    if (explained.isRun()) {
      engines.statements().admit(statement);
    }
    Explanation explanation = plan(query, stages);
    if (explained.isRun()) {
      explanation = run(statement, query, explanation, stages);
    }
    return explained.request().format() == Format.JSON ? explanation.json() : explanation.text();
  }

  /** The same query if its tables have not changed since, else understood anew. */
  private ParsedStatement current(ParsedStatement query, Stages stages) {
    return plans.holds(query.source())
        ? query
        : new ParsedStatement(
            query.sql(),
            stages.time(Stage.PARSE, () -> queries.ownOperation(query)),
            StatementKind.QUERY);
  }

  private Explanation plan(ParsedStatement query, Stages stages) {
    // planning keeps what it makes
    PlanOrigin origin = query.source().origin();
    return planning.with(
        session::newEnvironment,
        environment -> {
          QuerySettings settings = session.querySettings(environment);
          PlannedQuery planned =
              plans
                  .fixed(query.source())
                  .orElseGet(() -> plans.plan(query, environment, settings, stages));
          return planned instanceof PlannedQuery.OnKernel onKernel
              ? new Explanation(
                  planned,
                  settings,
                  onKernel.query().inputs(),
                  QueryExplainer.plan(onKernel.query()),
                  origin,
                  null)
              : onFlink(ownQuery(query), planned, settings, environment);
        });
  }

  private Explanation onFlink(
      PlannerQueryOperation query,
      PlannedQuery planned,
      QuerySettings settings,
      TableEnvironmentInternal environment) {
    List<KernelInput> tables = engines.planner().tables(query, settings);
    String plan = environment.explainInternal(List.of(query));
    return new Explanation(planned, settings, tables, plan, PlanOrigin.NEW, null);
  }

  private PlannerQueryOperation ownQuery(ParsedStatement query) {
    return (PlannerQueryOperation) queries.ownOperation(query);
  }

  private Explanation run(
      RunningStatement statement, ParsedStatement query, Explanation plan, Stages stages)
      throws Exception {
    if (plan.planned() instanceof PlannedQuery.OnKernel onKernel) {
      statement.runsOn("kernel");
      try {
        return plan.with(
            QueryRun.onKernel(engines.kernel(), onKernel.query(), stages, statement::runsIn));
      } catch (OrochiException failure) {
        if (!KernelExecutor.mayRetryOnFlink(onKernel.query(), failure)) {
          throw failure;
        }
        PlannedQuery again =
            new PlannedQuery.OnFlink(
                "the kernel refused a value: " + failure.summary(), onKernel.schema());
        return runOnFlink(statement, query, again, stages);
      }
    }
    return plan.with(flinkActuals(statement, ownQuery(query), stages));
  }

  private Explanation runOnFlink(
      RunningStatement statement, ParsedStatement query, PlannedQuery planned, Stages stages)
      throws Exception {
    PlannerQueryOperation operation = ownQuery(query);
    Explanation plan =
        planning.with(
            session::newEnvironment,
            environment ->
                onFlink(operation, planned, session.querySettings(environment), environment));
    return plan.with(flinkActuals(statement, operation, stages));
  }

  private Actuals flinkActuals(
      RunningStatement statement, PlannerQueryOperation query, Stages stages) throws Exception {
    statement.runsOn("flink");
    return QueryRun.onFlink(
        () ->
            planning.with(
                session::newEnvironment,
                environment ->
                    new FlinkRows(
                        environment.executeInternal(query), statement, ResultLimit.none())),
        stages);
  }
}
