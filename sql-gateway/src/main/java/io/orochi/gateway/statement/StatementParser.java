package io.orochi.gateway.statement;

import io.orochi.catalog.flink.procedure.CallStatement;
import io.orochi.catalog.settings.Settings;
import io.orochi.gateway.change.merge.MergeParameters;
import io.orochi.gateway.change.merge.Merges;
import io.orochi.gateway.explain.ExplainedChange;
import io.orochi.gateway.explain.ExplainedQuery;
import io.orochi.gateway.insert.ValuesInsert;
import io.orochi.gateway.insert.ValuesStatement;
import io.orochi.gateway.plan.asof.AsofStatements;
import io.orochi.gateway.plan.cache.PlanKey;
import io.orochi.gateway.plan.check.StatementChecks;
import io.orochi.gateway.plan.check.StatementSize;
import io.orochi.gateway.plan.check.ViewExpansion;
import io.orochi.gateway.plan.error.SessionNames;
import io.orochi.gateway.plan.error.SqlErrors;
import io.orochi.gateway.plan.insert.BareNulls;
import io.orochi.gateway.plan.params.StatementParameters;
import io.orochi.gateway.plan.params.TypedMarks;
import io.orochi.gateway.plan.planner.SessionPlanner;
import io.orochi.gateway.plan.sql.ExplainRequest;
import io.orochi.gateway.plan.sql.GroupKeys;
import io.orochi.gateway.plan.sql.Parsing;
import io.orochi.gateway.statement.running.JobFailures;
import io.orochi.gateway.transaction.SessionTransaction;
import io.orochi.gateway.transaction.TransactionCommand;
import io.orochi.gateway.transaction.TransactionOperation;
import io.orochi.gateway.transaction.TransactionParser;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.gateway.service.context.SessionContext;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.command.ResetOperation;
import org.apache.flink.table.operations.command.SetOperation;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Understands the statements of one session without running them, by known plans where there are
 * some. A statement that cannot be understood fails the session's transaction.
 */
public final class StatementParser {
  private final StatementSession session;
  private final PlanningEnvironment planning;
  private final SessionTransaction transaction;
  private final QueryPlans plans;
  private final ValuesInserts inserts;

  StatementParser(
      StatementSession session,
      StatementExecutor.State state,
      QueryPlans plans,
      ValuesInserts inserts) {
    this.session = session;
    this.planning = state.planning();
    this.transaction = state.transaction();
    this.plans = plans;
    this.inserts = inserts;
  }

  /**
   * Understands a statement without running it.
   *
   * @throws OrochiException SQL_SYNTAX, SQL_INVALID, UNKNOWN_SETTING
   */
  public ParsedStatement parse(String text) {
    Optional<ExplainRequest> explain = ExplainRequest.of(text);
    return explain.isPresent() ? explained(text, explain.get()) : understand(text, text);
  }

  /** A query that is run is found among the known plans, as it is without EXPLAIN. */
  private ParsedStatement explained(String text, ExplainRequest request) {
    long start = System.nanoTime();
    ParsedStatement query =
        request.mode() == ExplainRequest.Mode.ANALYZE
            ? understand(request.query(), request.query().strip())
            : parseAnew(request.query());
    long nanos = System.nanoTime() - start;
    boolean changes =
        query.kind() == StatementKind.UPDATE
            && !(query.operation() instanceof CreateTableASOperation);
    Operation explained =
        changes
            ? new ExplainedChange(request, query.operation(), nanos)
            : ExplainedQuery.of(request, query.operation(), query.source(), nanos);
    return new ParsedStatement(text, explained, StatementKind.EXPLAIN);
  }

  /**
   * @param name what its plan is kept under
   */
  private ParsedStatement understand(String text, String name) {
    Optional<PlanKey> key = plans.key(name, session.planningSettings());
    Optional<ParsedStatement> known =
        key.flatMap(plans::recall)
            .or(() -> key.flatMap(own -> plans.lift(own, session::newEnvironment)));
    if (known.isPresent()) {
      return known.get();
    }
    return key.isPresent() ? plans.understand(key.get(), () -> parseAnew(text)) : parseAnew(text);
  }

  /** Understands a statement as if no plan were known. */
  ParsedStatement parseAnew(String text) {
    StatementSize.check(text);
    String sql = Parsing.quoteNames(text);
    try {
      Optional<TransactionCommand> command = TransactionParser.parse(text);
      if (command.isPresent()) {
        Operation operation = new TransactionOperation(command.get());
        return new ParsedStatement(text, operation, StatementKind.COMMAND);
      }
      Optional<ParsedStatement> insert = inserts.understand(text, session.settings());
      return insert.isPresent() ? insert.get() : parseToPlan(text);
    } catch (RuntimeException | StackOverflowError | AssertionError failure) {
      OrochiException told = JobFailures.translate(failure, sql, namesFor(sql));
      transaction.failed(told);
      throw told;
    }
  }

  /** The same for one that may not be an INSERT without a plan. */
  ParsedStatement parseToPlan(String text) {
    String sql = Parsing.quoteNames(text);
    StatementChecks.check(sql);
    new ViewExpansion(namesFor(sql)::view).check(sql);
    return Replanning.parse(
        () ->
            GroupKeys.resolving(
                sql,
                resolved ->
                    planning.with(
                        session::newEnvironment,
                        environment ->
                            parse(environment, CallStatement.intervalsAsText(resolved)))));
  }

  /**
   * A prepared query with the values of its {@code ?}, planned once for all values; otherwise the
   * query with literals in their place.
   *
   * @param schema the columns the client was told
   */
  public ParsedStatement bind(String sql, List<Object> values, ResolvedSchema schema) {
    return plans
        .key(sql, session.planningSettings())
        .flatMap(key -> plans.bind(key, values, schema, session::newEnvironment))
        .orElseGet(() -> parse(StatementParameters.bind(sql, values)));
  }

  /** What to bind to the {@code ?} of an INSERT that needs no plan; empty for all else. */
  public Optional<List<LogicalType>> parameterTypes(ValuesStatement statement) {
    return inserts.parameterTypes(statement, session.settings());
  }

  /** Whether an INSERT needs no plan. */
  public boolean isPlain(ValuesInsert insert) {
    return inserts.isPlain(insert, session.settings());
  }

  /** A MERGE with {@code ?}; empty for any other statement. */
  public Optional<TypedMarks> mergeParameters(String sql) {
    return planning.with(
        session::newEnvironment,
        environment -> MergeParameters.of(Parsing.quoteNames(sql), environment));
  }

  /** A statement that cannot be parsed with null for every {@code ?}, if those can have types. */
  public Optional<TypedMarks> typedParameters(String sql, int parameters) {
    return planning.with(
        session::newEnvironment,
        environment -> ParameterTypes.typed(Parsing.quoteNames(sql), parameters, environment));
  }

  /**
   * What a client should bind to each {@code ?} of a statement.
   *
   * @param bound the statement with null for every parameter, parsed by this session
   */
  public List<LogicalType> parameterTypes(String sql, int parameters, ParsedStatement bound) {
    return planning.with(
        session::newEnvironment,
        environment ->
            ParameterTypes.of(Parsing.quoteNames(sql), parameters, bound.operation(), environment));
  }

  /** The names a statement may mean, for messages. */
  SessionNames namesFor(String sql) {
    SessionContext.SessionState state = session.context().getSessionState();
    return new SessionNames(state.catalogManager, state.functionCatalog, sql);
  }

  private ParsedStatement parse(TableEnvironmentInternal environment, String sql) {
    List<Operation> operations =
        Merges.parse(sql, environment)
            .<Operation>map(merge -> merge)
            .or(() -> BareNulls.parse(sql, environment))
            .or(() -> AsofStatements.parse(sql, environment))
            .map(List::of)
            .orElseGet(() -> SessionPlanner.parse(sql, environment));
    if (operations.size() != 1) {
      throw OrochiException.of(
              OrochiErrorCode.STATEMENT_NOT_SUPPORTED, "Cannot run several statements at once")
          .withHint("Send them one by one.");
    }
    Operation operation = operations.get(0);
    if (operation instanceof SetOperation set && set.getKey().isPresent()) {
      checkSetting(set.getKey().get().trim(), set.getValue().orElse("").trim());
    } else if (operation instanceof ResetOperation reset) {
      reset.getKey().map(String::trim).ifPresent(Settings::validateKey);
    }
    StatementKind kind =
        session.context().isStatementSetState()
            ? StatementKind.COMMAND
            : StatementKind.of(operation, sql);
    return new ParsedStatement(sql, operation, kind);
  }

  /** What Flink cannot read would fail every later statement of the session, RESET included. */
  private void checkSetting(String key, String value) {
    Settings.validate(key, value);
    try {
      session.newEnvironment(key, value);
    } catch (RuntimeException unreadable) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_SETTING_VALUE,
              "Invalid value for " + key + ": '" + value + "'")
          .withDetail(SqlErrors.reason(unreadable))
          .withHint("The setting is Flink's and stays as it was.")
          .causedBy(unreadable);
    }
  }
}
