package io.orochi.gateway.statement;

import io.orochi.catalog.flink.procedure.CallStatement;
import io.orochi.catalog.settings.Settings;
import io.orochi.gateway.change.ChangeTarget;
import io.orochi.gateway.change.StagedCreation;
import io.orochi.gateway.change.merge.Merges;
import io.orochi.gateway.kernel.KernelExecutor;
import io.orochi.gateway.plan.EngineChoice;
import io.orochi.gateway.plan.PlannedQuery;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.asof.AsofStatements;
import io.orochi.gateway.plan.asof.KernelOnly;
import io.orochi.gateway.plan.cache.PlanKey;
import io.orochi.gateway.plan.cache.PlanSource;
import io.orochi.gateway.plan.check.StatementChecks;
import io.orochi.gateway.plan.check.StatementSize;
import io.orochi.gateway.plan.error.KnownNames;
import io.orochi.gateway.plan.error.SessionNames;
import io.orochi.gateway.plan.explain.QueryExplainer;
import io.orochi.gateway.plan.insert.BareNulls;
import io.orochi.gateway.plan.params.StatementParameters;
import io.orochi.gateway.plan.pushdown.KernelScanRules;
import io.orochi.gateway.plan.scan.SessionTables;
import io.orochi.gateway.plan.sql.Parsing;
import io.orochi.gateway.statement.flink.RowsTableResult;
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
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.gateway.service.context.SessionContext;
import org.apache.flink.table.gateway.service.operation.OperationExecutor;
import org.apache.flink.table.gateway.service.result.ResultFetcher;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.ExplainOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.command.SetOperation;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;
import org.apache.flink.table.resource.ResourceManager;
import org.apache.flink.table.types.logical.LogicalType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the statements of one session: queries on the kernel or Flink, changes as Flink jobs it
 * waits for, everything else by Flink's own executor.
 */
public final class StatementExecutor extends OperationExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(StatementExecutor.class);

  private final Engines engines;
  private final PlanningEnvironment planning;
  private final KernelChanges changes;
  private final SessionTables tables;
  private final SessionTransaction transaction;
  private final Configuration overrides;
  private final QueryPlans plans;
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
    this.changes = new KernelChanges(engines, planning, state.changes());
    this.plans = new QueryPlans(engines, session, state);
    this.overrides = new Configuration(overrides);
    // This class waits for jobs itself, where a cancel reaches them; Flink's own wait would hang
    // CREATE MATERIALIZED TABLE.
    this.overrides.set(TableConfigOptions.TABLE_DML_SYNC, false);
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
    Optional<PlanKey> key = plans.key(text, settings());
    Optional<ParsedStatement> known = key.flatMap(plans::recall);
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
      StatementChecks.check(sql);
      return planning.with(
          this::newEnvironment,
          environment -> parse(environment, CallStatement.intervalsAsText(sql)));
    } catch (RuntimeException | StackOverflowError failure) {
      OrochiException told = JobFailures.translate(failure, sql, namesFor(sql));
      transaction.failed(told);
      throw told;
    }
  }

  private KnownNames namesFor(String sql) {
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
        environment -> ParameterTypes.of(sql, parameters, bound.operation(), environment));
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
      boolean rowsOnly =
          parsed.kind() == StatementKind.UPDATE
              && !(parsed.operation() instanceof CreateTableASOperation);
      if (inside && parsed.kind() != StatementKind.QUERY && !rowsOnly) {
        InTransaction.check(parsed.operation(), parsed.sql());
      }
      return switch (parsed.kind()) {
        case QUERY -> query(statement, parsed);
        case UPDATE -> update(statement, parsed.operation());
        case EXPLAIN -> explain(statement, parsed);
        case ANSWER, COMMAND -> command(statement, parsed);
      };
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      statement.finish();
      OrochiException told =
          OrochiException.of(OrochiErrorCode.QUERY_CANCELLED, "The statement was cancelled")
              .causedBy(interrupted);
      transaction.failed(told);
      throw told;
    } catch (Exception failure) {
      RuntimeException told = statement.translate(failure);
      statement.finish();
      transaction.failed(told);
      throw told;
    } finally {
      transaction.endStatement();
    }
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

  private StatementResult query(RunningStatement statement, ParsedStatement asked)
      throws InterruptedException {
    engines.statements().admit(statement);
    RowLimit limit = new RowLimit(Settings.resultRowLimit(settings()));
    ParsedStatement parsed = plans.holds(asked.source()) ? asked : parse(asked.sql());
    PlannedQuery planned =
        plans
            .fixed(parsed.source())
            .orElseGet(
                () ->
                    planning.with(
                        this::newEnvironment,
                        environment ->
                            plans.plan(parsed, environment, querySettings(environment))));
    if (planned instanceof PlannedQuery.OnKernel onKernel) {
      try {
        return onKernel(statement, onKernel, limit);
      } catch (OrochiException failure) {
        if (transaction.current().isPresent()
            || !KernelExecutor.mayRetryOnFlink(onKernel.query(), failure)) {
          throw failure;
        }
        LOG.info("The kernel refused a value, Flink takes over: {}", failure.summary());
      }
    } else if (transaction.current().isPresent()) {
      throw InTransaction.needsFlink(statement.sql(), ((PlannedQuery.OnFlink) planned).reason());
    }
    Operation operation = ownOperation(parsed);
    return planning.with(
        this::newEnvironment,
        environment -> {
          TableResultInternal result = environment.executeInternal(operation);
          return new StatementResult.OfFlink(result, new FlinkRows(result, statement, limit));
        });
  }

  /** Flink runs only what the session itself has parsed. */
  private Operation ownOperation(ParsedStatement parsed) {
    if (parsed.operation() != null) {
      return parsed.operation();
    }
    return parsed.source() instanceof PlanSource.Bound bound
        ? parseAnew(StatementParameters.bind(parsed.sql(), bound.values())).operation()
        : parseAnew(parsed.sql()).operation();
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

  private StatementResult onKernel(
      RunningStatement statement, PlannedQuery.OnKernel planned, RowLimit limit) {
    KernelRows rows =
        new KernelRows(
            engines.kernel().execute(planned.query(), statement::onCancel), statement, limit);
    rows.loadFirst();
    return new StatementResult.OfKernel(
        rows,
        planned.schema(),
        () ->
            RowsTableResult.textOf(
                planned.schema(),
                sessionContext.getSessionConf(),
                sessionContext.getUserClassloader()));
  }

  private StatementResult update(RunningStatement statement, Operation operation) throws Exception {
    engines.statements().admit(statement);
    List<ModifyOperation> parts = Updates.parts(operation);
    boolean inside = transaction.current().isPresent();
    if (parts.size() == 1 && (inside || waitsForJobs())) {
      OptionalLong rows =
          changes.run(
              statement,
              parts.get(0),
              new KernelChanges.Session(this::newEnvironment, this::querySettings));
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
            this::newEnvironment, environment -> StagedCreation.begin(parts, environment));
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
    KernelOnly.refuse(parts);
    TableResultInternal started =
        planning.with(this::newEnvironment, environment -> environment.executeInternal(parts));
    return Updates.await(statement, started, wait);
  }

  /** A query is explained by the planner that would run it, anything else by Flink. */
  private StatementResult explain(RunningStatement statement, ParsedStatement parsed) {
    if (!(parsed.operation() instanceof ExplainOperation explain)
        || !(explain.getChild() instanceof PlannerQueryOperation query)
        || !explain.getExplainDetails().isEmpty()) {
      return command(statement, parsed);
    }
    String text =
        planning.with(
            this::newEnvironment,
            environment -> {
              QuerySettings settings = querySettings(environment);
              PlannedQuery planned = engines.planner().plan(query, environment, settings);
              return QueryExplainer.explain(
                  planned, settings, () -> environment.explainInternal(List.of(query)));
            });
    statement.finish();
    return new StatementResult.OfCommand(
        ResultFetcher.fromResults(
            statement.handle(),
            ResolvedSchema.of(Column.physical("result", DataTypes.STRING())),
            List.of(GenericRowData.of(StringData.fromString(text)))));
  }

  private StatementResult command(RunningStatement statement, ParsedStatement parsed) {
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

  /** A batch change is waited for unless the session says otherwise; a stream never by default. */
  private boolean waitsForJobs() {
    Configuration session = sessionContext.getSessionConf();
    return session
        .getOptional(TableConfigOptions.TABLE_DML_SYNC)
        .orElse(session.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH);
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
}
