package io.orochi.gateway.statement;

import io.orochi.catalog.flink.procedure.CallStatement;
import io.orochi.catalog.settings.Settings;
import io.orochi.gateway.change.ChangeTarget;
import io.orochi.gateway.change.merge.MergeParameters;
import io.orochi.gateway.change.merge.Merges;
import io.orochi.gateway.explain.ExplainedChange;
import io.orochi.gateway.explain.ExplainedQuery;
import io.orochi.gateway.insert.ValuesInsert;
import io.orochi.gateway.insert.ValuesStatement;
import io.orochi.gateway.plan.EngineChoice;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.asof.AsofStatements;
import io.orochi.gateway.plan.cache.PlanKey;
import io.orochi.gateway.plan.check.StatementChecks;
import io.orochi.gateway.plan.check.StatementSize;
import io.orochi.gateway.plan.check.ViewExpansion;
import io.orochi.gateway.plan.error.SessionNames;
import io.orochi.gateway.plan.insert.BareNulls;
import io.orochi.gateway.plan.params.StatementParameters;
import io.orochi.gateway.plan.pushdown.KernelScanRules;
import io.orochi.gateway.plan.scan.SessionTables;
import io.orochi.gateway.plan.sql.ExplainRequest;
import io.orochi.gateway.plan.sql.GroupKeys;
import io.orochi.gateway.plan.sql.Parsing;
import io.orochi.gateway.statement.result.StatementResult;
import io.orochi.gateway.statement.running.JobFailures;
import io.orochi.gateway.statement.running.RunningStatement;
import io.orochi.gateway.statement.show.ShownCatalogs;
import io.orochi.gateway.transaction.InTransaction;
import io.orochi.gateway.transaction.SessionTransaction;
import io.orochi.gateway.transaction.TransactionCommand;
import io.orochi.gateway.transaction.TransactionOperation;
import io.orochi.gateway.transaction.TransactionParser;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.gateway.service.context.SessionContext;
import org.apache.flink.table.gateway.service.operation.OperationExecutor;
import org.apache.flink.table.gateway.service.result.ResultFetcher;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.command.SetOperation;
import org.apache.flink.table.resource.ResourceManager;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Runs the statements of one session: queries on the kernel or Flink, changes as Flink jobs it
 * waits for, everything else by Flink's own executor.
 */
public final class StatementExecutor extends OperationExecutor {

  private final Engines engines;
  private final PlanningEnvironment planning;
  private final SessionTables tables;
  private final SessionTransaction transaction;
  private final Configuration overrides;
  private final QueryPlans plans;
  private final ValuesInserts inserts;
  private final Map<StatementKind, StatementRunner> runners;
  private volatile Map<String, String> settings;

  /**
   * What a session keeps between statements.
   *
   * @param changes where it reads the tables it changes, and where its changes go
   */
  public record State(
      PlanningEnvironment planning, ChangeTarget changes, SessionTransaction transaction) {}

  /**
   * @param overrides settings of this statement alone
   */
  public StatementExecutor(
      SessionContext session, Configuration overrides, Engines engines, State state) {
    super(
        session,
        (configuration, classLoader) ->
            new StreamExecutionEnvironment(engines.flink(), configuration, classLoader));
    this.engines = engines;
    this.planning = state.planning();
    this.tables = state.changes();
    this.transaction = state.transaction();
    this.plans = new QueryPlans(engines, session, state);
    this.inserts = new ValuesInserts(engines, session, state);
    this.runners = runners(engines, session, state);
    this.overrides = new Configuration(overrides);
    // This class waits for jobs itself, where a cancel reaches them; Flink's own wait would hang
    // CREATE MATERIALIZED TABLE.
    this.overrides.set(TableConfigOptions.TABLE_DML_SYNC, false);
  }

  private Map<StatementKind, StatementRunner> runners(
      Engines engines, SessionContext context, State state) {
    StatementSession session = new Session(context);
    QueryRunner queries = new QueryRunner(engines, state, plans, session);
    return Map.of(
        StatementKind.QUERY,
        queries,
        StatementKind.UPDATE,
        new UpdateRunner(engines, state, inserts, session),
        StatementKind.EXPLAIN,
        new ExplainRunner(
            new Explanations(engines, queries),
            new ChangeExplanations(engines, state, session),
            this::command),
        StatementKind.ANSWER,
        this::command,
        StatementKind.COMMAND,
        this::command);
  }

  /** The REST door: runs a statement and offers its rows as pages. */
  @Override
  public ResultFetcher executeStatement(
      OperationHandle handle, Configuration configuration, String sql) {
    overrides.addAll(configuration);
    settings = null;
    overrides.set(TableConfigOptions.TABLE_DML_SYNC, false);
    return run(begin(handle, sql)).pages(handle);
  }

  /** Notes a statement of this session, with its timeout. */
  public RunningStatement begin(OperationHandle handle, String sql) {
    return engines
        .statements()
        .begin(
            sessionContext.getSessionId(),
            handle,
            CallStatement.intervalsAsText(sql),
            Settings.statementTimeout(settings()));
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
    if (request.isPlain() && query.kind() == StatementKind.UPDATE) {
      Operation change = new ExplainedChange(request.query(), query.operation());
      return new ParsedStatement(text, change, StatementKind.EXPLAIN);
    }
    return new ParsedStatement(
        text,
        ExplainedQuery.of(request, query.operation(), query.source(), System.nanoTime() - start),
        StatementKind.EXPLAIN);
  }

  /**
   * @param name what its plan is kept under
   */
  private ParsedStatement understand(String text, String name) {
    Optional<PlanKey> key = plans.key(name, settings());
    Optional<ParsedStatement> known =
        key.flatMap(plans::recall)
            .or(() -> key.flatMap(own -> plans.lift(own, this::newEnvironment)));
    if (known.isPresent()) {
      return known.get();
    }
    return key.isPresent() ? plans.understand(key.get(), () -> parseAnew(text)) : parseAnew(text);
  }

  private ParsedStatement parseAnew(String text) {
    StatementSize.check(text);
    String sql = Parsing.quoteNames(text);
    try {
      Optional<TransactionCommand> command = TransactionParser.parse(text);
      if (command.isPresent()) {
        Operation operation = new TransactionOperation(command.get());
        return new ParsedStatement(text, operation, StatementKind.COMMAND);
      }
      Optional<ParsedStatement> insert = inserts.understand(text, settings());
      return insert.isPresent() ? insert.get() : parseToPlan(sql);
    } catch (RuntimeException | StackOverflowError | AssertionError failure) {
      OrochiException told = JobFailures.translate(failure, sql, namesFor(sql));
      transaction.failed(told);
      throw told;
    }
  }

  private ParsedStatement parseToPlan(String sql) {
    StatementChecks.check(sql);
    new ViewExpansion(namesFor(sql)::view).check(sql);
    return Replanning.parse(
        () ->
            GroupKeys.resolving(
                sql,
                resolved ->
                    planning.with(
                        this::newEnvironment,
                        environment ->
                            parse(environment, CallStatement.intervalsAsText(resolved)))));
  }

  /** What to bind to the {@code ?} of an INSERT that needs no plan; empty for all else. */
  public Optional<List<LogicalType>> parameterTypes(ValuesStatement statement) {
    return inserts.parameterTypes(statement, settings());
  }

  /** Whether an INSERT needs no plan. */
  public boolean isPlain(ValuesInsert insert) {
    return inserts.isPlain(insert, settings());
  }

  /** A MERGE with {@code ?}; empty for any other statement. */
  public Optional<MergeParameters> mergeParameters(String sql) {
    return planning.with(
        this::newEnvironment,
        environment -> MergeParameters.of(Parsing.quoteNames(sql), environment));
  }

  private SessionNames namesFor(String sql) {
    SessionContext.SessionState state = sessionContext.getSessionState();
    return new SessionNames(state.catalogManager, state.functionCatalog, sql);
  }

  /**
   * What a client should bind to each {@code ?} of a statement.
   *
   * @param bound the statement with null for every parameter, parsed by this session
   */
  public List<LogicalType> parameterTypes(String sql, int parameters, ParsedStatement bound) {
    return planning.with(
        this::newEnvironment,
        environment ->
            ParameterTypes.of(Parsing.quoteNames(sql), parameters, bound.operation(), environment));
  }

  /**
   * Runs a statement up to its first rows. The statement finishes with its result.
   *
   * @throws OrochiException whatever went wrong; the statement has finished then
   */
  public StatementResult run(RunningStatement statement) {
    return run(statement, () -> parse(statement.sql()));
  }

  /** The same for a statement that is understood in its own way. */
  public StatementResult run(RunningStatement statement, Supplier<ParsedStatement> parse) {
    try {
      return run(statement, parse.get());
    } catch (RuntimeException failure) {
      statement.finish();
      throw failure;
    }
  }

  /** The same for a statement that was parsed by this session before. */
  public StatementResult run(RunningStatement statement, ParsedStatement parsed) {
    if (parsed.operation() instanceof TransactionOperation operation) {
      return transaction(statement, operation);
    }
    try {
      transaction.abortIfIdle(Settings.idleInTransactionTimeout(settings()));
      boolean inside = transaction.beginStatement().isPresent();
      if (inside && !isOfRows(parsed)) {
        InTransaction.check(parsed.operation(), parsed.sql());
      }
      return runners.get(parsed.kind()).run(statement, parsed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      statement.finish();
      OrochiException told =
          OrochiException.of(OrochiErrorCode.QUERY_CANCELLED, "The statement was cancelled")
              .causedBy(interrupted);
      transaction.failed(told);
      throw told;
    } catch (Exception | AssertionError failure) {
      RuntimeException told = statement.translate(failure, namesFor(statement.sql()));
      statement.finish();
      transaction.failed(told);
      throw told;
    } finally {
      transaction.endStatement();
    }
  }

  /** Whether it reads or changes rows and nothing else. */
  private static boolean isOfRows(ParsedStatement parsed) {
    return switch (parsed.kind()) {
      case QUERY, EXPLAIN -> true;
      case UPDATE -> !(parsed.operation() instanceof CreateTableASOperation);
      case ANSWER, COMMAND -> false;
    };
  }

  private StatementResult transaction(RunningStatement statement, TransactionOperation operation) {
    try {
      transaction.run(operation.command(), Settings.lockTimeout(settings()));
      return new StatementResult.OfCommand(
          ResultFetcher.fromTableResult(
              statement.handle(), TableResultInternal.TABLE_RESULT_OK, false));
    } finally {
      statement.finish();
    }
  }

  private ParsedStatement parse(TableEnvironmentInternal environment, String sql) {
    List<Operation> operations =
        Merges.parse(sql, environment)
            .<Operation>map(merge -> merge)
            .or(() -> BareNulls.parse(sql, environment))
            .or(() -> AsofStatements.parse(sql, environment))
            .map(List::of)
            .orElseGet(() -> environment.getParser().parse(sql));
    if (operations.size() != 1) {
      throw OrochiException.of(
              OrochiErrorCode.STATEMENT_NOT_SUPPORTED, "Cannot run several statements at once")
          .withHint("Send them one by one.");
    }
    Operation operation = operations.get(0);
    if (operation instanceof SetOperation set && set.getKey().isPresent()) {
      Settings.validate(set.getKey().get().trim(), set.getValue().orElse("").trim());
    }
    StatementKind kind =
        sessionContext.isStatementSetState()
            ? StatementKind.COMMAND
            : StatementKind.of(operation, sql);
    return new ParsedStatement(sql, operation, kind);
  }

  /**
   * A prepared query with the values of its {@code ?}, planned once for all values; otherwise the
   * query with literals in their place.
   *
   * @param schema the columns the client was told
   */
  public ParsedStatement bind(String sql, List<Object> values, ResolvedSchema schema) {
    return plans
        .key(sql, settings())
        .flatMap(key -> plans.bind(key, values, schema, this::newEnvironment))
        .orElseGet(() -> parse(StatementParameters.bind(sql, values)));
  }

  private StatementResult command(RunningStatement statement, ParsedStatement parsed) {
    statement.runsOn("flink");
    ResultFetcher answer =
        ShownCatalogs.answer(
                statement.handle(),
                parsed.operation(),
                sessionContext.getSessionState().catalogManager)
            .orElseGet(
                () ->
                    planning.changing(
                        parsed.operation(),
                        () -> super.executeStatement(statement.handle(), overrides, parsed.sql())));
    statement.throwIfCancelled();
    statement.finish();
    return new StatementResult.OfCommand(answer);
  }

  private TableEnvironmentInternal newEnvironment() {
    return getTableEnvironment(sessionContext.getSessionState().resourceManager, overrides);
  }

  /** Batch jobs let the kernel compute what it can where they read tables. */
  @Override
  public TableEnvironmentInternal getTableEnvironment(
      ResourceManager resources, Configuration configuration) {
    TableEnvironmentInternal environment = super.getTableEnvironment(resources, configuration);
    KernelScanRules.addTo(environment.getConfig());
    return environment;
  }

  private QuerySettings querySettings(TableEnvironmentInternal environment) {
    return new QuerySettings(
        EngineChoice.parse(Settings.executionEngine(settings())),
        environment.getConfig().getLocalTimeZone(),
        engines.poolBytes(),
        settings(),
        tables);
  }

  /** Read once: an executor lives for one statement, and the copy is not small. */
  private Map<String, String> settings() {
    if (settings == null) {
      Configuration all = new Configuration(sessionContext.getSessionConf());
      all.addAll(overrides);
      settings = all.toMap();
    }
    return settings;
  }

  /** This statement's view of its session. */
  private final class Session implements StatementSession {
    private final SessionContext context;

    Session(SessionContext context) {
      this.context = context;
    }

    @Override
    public SessionContext context() {
      return context;
    }

    @Override
    public Map<String, String> settings() {
      return StatementExecutor.this.settings();
    }

    @Override
    public TableEnvironmentInternal newEnvironment() {
      return StatementExecutor.this.newEnvironment();
    }

    @Override
    public QuerySettings querySettings(TableEnvironmentInternal environment) {
      return StatementExecutor.this.querySettings(environment);
    }

    @Override
    public ParsedStatement parse(String text) {
      return StatementExecutor.this.parse(text);
    }

    @Override
    public ParsedStatement parseAnew(String text) {
      return StatementExecutor.this.parseAnew(text);
    }

    @Override
    public ParsedStatement parseToPlan(String text) {
      return StatementExecutor.this.parseToPlan(Parsing.quoteNames(text));
    }
  }
}
