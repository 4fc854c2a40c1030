package io.orochi.gateway.statement;

import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.catalog.settings.Settings;
import io.orochi.gateway.change.ChangeTarget;
import io.orochi.gateway.insert.PlainInserts;
import io.orochi.gateway.insert.ValuesInsert;
import io.orochi.gateway.insert.ValuesStatement;
import io.orochi.gateway.plan.EngineChoice;
import io.orochi.gateway.plan.cache.PlanCache;
import io.orochi.gateway.plan.params.StatementParameters;
import io.orochi.gateway.statement.result.StatementResult;
import io.orochi.gateway.statement.running.RunningStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.gateway.service.context.SessionContext;
import org.apache.flink.table.types.logical.LogicalType;

/** The INSERTs of one session that need no plan. */
final class ValuesInserts {
  private final PlanCache shared;
  private final SessionContext session;
  private final PlanningEnvironment planning;
  private final ChangeTarget target;

  ValuesInserts(Engines engines, SessionContext session, StatementExecutor.State state) {
    this.shared = engines.plans();
    this.session = session;
    this.planning = state.planning();
    this.target = state.changes();
  }

  /** A statement without {@code ?}, if it needs no plan. */
  Optional<ParsedStatement> understand(String text, Map<String, String> settings) {
    return ValuesStatement.parse(text)
        .filter(statement -> statement.parameters() == 0)
        .map(statement -> new ValuesInsert(statement, List.of(List.of())))
        .filter(insert -> isPlain(insert, settings))
        .map(insert -> new ParsedStatement(text, insert, StatementKind.UPDATE));
  }

  boolean isPlain(ValuesInsert insert, Map<String, String> settings) {
    return inserts(settings).filter(all -> all.isPlain(insert)).isPresent();
  }

  /** What to bind to a statement's {@code ?}, if it needs no plan. */
  Optional<List<LogicalType>> parameterTypes(
      ValuesStatement statement, Map<String, String> settings) {
    return inserts(settings).flatMap(all -> all.parameterTypes(statement));
  }

  /** Runs a statement with literals in place of its {@code ?} through the planner. */
  interface Planned {
    StatementResult run(String sql) throws Exception;
  }

  /** Runs it here, or its executions one by one through the planner. */
  StatementResult run(
      RunningStatement statement,
      String sql,
      ValuesInsert insert,
      Map<String, String> settings,
      Planned planned)
      throws Exception {
    OptionalLong rows =
        inserts(settings)
            .map(all -> all.run(insert, target, statement::throwIfCancelled))
            .orElse(OptionalLong.empty());
    long changed = rows.orElse(0);
    if (rows.isEmpty()) {
      for (List<Object> values : insert.bound()) {
        StatementResult result = planned.run(StatementParameters.bind(sql, values));
        if (insert.bound().size() == 1) {
          return result;
        }
        changed += Math.max(0, result.changedRows());
        result.close();
      }
    }
    statement.finish();
    return Updates.counted(statement.handle(), changed);
  }

  /** Empty if a name may mean something else in this session, or if Flink has to run it. */
  private Optional<PlainInserts> inserts(Map<String, String> settings) {
    boolean onFlink =
        EngineChoice.parse(Settings.executionEngine(settings)) == EngineChoice.FLINK
            || RuntimeExecutionMode.STREAMING
                .name()
                .equalsIgnoreCase(settings.get(ExecutionOptions.RUNTIME_MODE.key()));
    if (onFlink || !planning.isShared() || session.isStatementSetState() || onlySubmits()) {
      return Optional.empty();
    }
    CatalogManager catalogs = session.getSessionState().catalogManager;
    return catalogs
        .getCatalog(catalogs.getCurrentCatalog())
        .filter(shared::covers)
        .map(catalog -> new PlainInserts((OrochiCatalog) catalog, catalogs.getCurrentDatabase()));
  }

  /** Whether the session does not wait for its changes; a transaction always does. */
  private boolean onlySubmits() {
    return target.readsCommitted()
        && !session
            .getSessionConf()
            .getOptional(TableConfigOptions.TABLE_DML_SYNC)
            .orElse(Boolean.TRUE);
  }
}
