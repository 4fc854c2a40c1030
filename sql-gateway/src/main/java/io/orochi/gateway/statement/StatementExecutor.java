package io.orochi.gateway.statement;

import io.orochi.catalog.flink.procedure.CallStatement;
import io.orochi.catalog.settings.Settings;
import io.orochi.gateway.change.ChangeTarget;
import io.orochi.gateway.plan.EngineChoice;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.pushdown.KernelScanRules;
import io.orochi.gateway.plan.scan.SessionTables;
import io.orochi.gateway.statement.result.StatementResult;
import io.orochi.gateway.statement.running.RunningStatement;
import io.orochi.gateway.statement.show.ShownSecrets;
import io.orochi.gateway.transaction.InTransaction;
import io.orochi.gateway.transaction.SessionTransaction;
import io.orochi.gateway.transaction.TransactionOperation;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.gateway.service.context.SessionContext;
import org.apache.flink.table.gateway.service.operation.OperationExecutor;
import org.apache.flink.table.gateway.service.result.ResultFetcher;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.ddl.CreateViewOperation;
import org.apache.flink.table.resource.ResourceManager;

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
  private final StatementParser parser;
  private final Map<StatementKind, StatementRunner> runners;
  private final SessionSettings texts;
  private volatile SessionSettings.InForce settings;

  /**
   * What a session keeps between statements.
   *
   * @param changes where it reads the tables it changes, and where its changes go
   */
  public record State(
      PlanningEnvironment planning,
      ChangeTarget changes,
      SessionTransaction transaction,
      SessionSettings settings) {}

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
    this.texts = state.settings();
    this.tables = state.changes();
    this.transaction = state.transaction();
    StatementSession view = new Session(session);
    QueryPlans plans = new QueryPlans(engines, session, state);
    ValuesInserts inserts = new ValuesInserts(engines, session, state);
    this.parser = new StatementParser(view, state, plans, inserts);
    this.runners = runners(view, state, plans, inserts);
    this.overrides = new Configuration(overrides);
    // This class waits for jobs itself, where a cancel reaches them; Flink's own wait would hang
    // CREATE MATERIALIZED TABLE.
    this.overrides.set(TableConfigOptions.TABLE_DML_SYNC, false);
  }

  private Map<StatementKind, StatementRunner> runners(
      StatementSession session, State state, QueryPlans plans, ValuesInserts inserts) {
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

  /** Understands statements of this session with the settings of this one. */
  public StatementParser parser() {
    return parser;
  }

  /**
   * Runs a statement up to its first rows. The statement finishes with its result.
   *
   * @throws OrochiException whatever went wrong; the statement has finished then
   */
  public StatementResult run(RunningStatement statement) {
    return run(statement, () -> parser.parse(statement.sql()));
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
      RuntimeException told = statement.translate(failure, parser.namesFor(statement.sql()));
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

  private StatementResult command(RunningStatement statement, ParsedStatement parsed) {
    statement.runsOn("flink");
    ResultFetcher answer =
        ShownSecrets.answer(
                statement.handle(),
                parsed.operation(),
                sessionContext.getSessionState().catalogManager)
            .orElseGet(
                () ->
                    planning.changing(
                        parsed.operation(), () -> command(statement.handle(), parsed)));
    statement.throwIfCancelled();
    statement.finish();
    return new StatementResult.OfCommand(answer);
  }

  /** Flink would read the definition of a view again, by its own planner. */
  private ResultFetcher command(OperationHandle handle, ParsedStatement parsed) {
    return parsed.operation() instanceof CreateViewOperation view
        ? callExecutableOperation(handle, view)
        : super.executeStatement(handle, overrides, parsed.sql());
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

  private Map<String, String> settings() {
    return inForce().all();
  }

  /** Read once: an executor lives for one statement. */
  private SessionSettings.InForce inForce() {
    if (settings == null) {
      settings = texts.of(sessionContext.getSessionConf(), overrides);
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
    public Map<String, String> planningSettings() {
      return inForce().planning();
    }

    @Override
    public TableEnvironmentInternal newEnvironment() {
      return StatementExecutor.this.newEnvironment();
    }

    @Override
    public TableEnvironmentInternal newEnvironment(String key, String value) {
      Configuration trial = new Configuration(overrides);
      trial.setString(key, value);
      return getTableEnvironment(context.getSessionState().resourceManager, trial);
    }

    @Override
    public QuerySettings querySettings(TableEnvironmentInternal environment) {
      return StatementExecutor.this.querySettings(environment);
    }

    @Override
    public StatementParser parser() {
      return parser;
    }
  }
}
