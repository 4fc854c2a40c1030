package io.orochi.gateway.statement;

import io.orochi.gateway.change.ChangePlan;
import io.orochi.gateway.change.ChangePlanner;
import io.orochi.gateway.change.ChangeRunner;
import io.orochi.gateway.change.ChangeTarget;
import io.orochi.gateway.change.CreatedTable;
import io.orochi.gateway.change.KernelRowSource;
import io.orochi.gateway.change.KeyTurns;
import io.orochi.gateway.kernel.KernelExecutor;
import io.orochi.gateway.plan.EngineChoice;
import io.orochi.gateway.plan.KernelQuery;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.statement.result.CursorRows;
import io.orochi.gateway.statement.running.RunningStatement;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.keys.KeyKernel;
import io.orochi.table.kernel.scan.ScanPlanner;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.util.CloseableIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes of one session that the kernel computes, without a Flink job. */
final class KernelChanges {
  private static final Logger LOG = LoggerFactory.getLogger(KernelChanges.class);

  private final Engines engines;
  private final PlanningEnvironment planning;
  private final ChangeTarget target;

  KernelChanges(Engines engines, PlanningEnvironment planning, ChangeTarget target) {
    this.engines = engines;
    this.planning = planning;
    this.target = target;
  }

  /**
   * Runs a change; empty if Flink has to.
   *
   * @return the changed rows
   */
  OptionalLong run(RunningStatement statement, ModifyOperation change, StatementSession session) {
    if (!(change instanceof CreateTableASOperation create)) {
      return run(statement, change, session, target);
    }
    CreatedTable created =
        planning
            .with(
                session::newEnvironment,
                environment -> engines.changes().created(create, environment))
            .orElse(null);
    if (created == null) {
      return OptionalLong.empty();
    }
    created.requireOutside(target);
    return created.isThere()
        ? OptionalLong.of(0)
        : created.whole(() -> run(statement, change, session, created));
  }

  private OptionalLong run(
      RunningStatement statement,
      ModifyOperation change,
      StatementSession session,
      ChangeTarget into) {
    ChangeRunner runner = new ChangeRunner(into, new StatementKernel(statement));
    Attempts attempts = new Attempts(change, session, into);
    try {
      return OptionalLong.of(runner.run(attempts));
    } catch (CannotExpress refused) {
      if (attempts.engine == EngineChoice.FLINK && changesRowsOnFlink(change)) {
        return OptionalLong.empty();
      }
      refuseIfOnlyKernel(change, refused, attempts.engine);
      LOG.info("Flink runs a change: the kernel does not run {}", refused.getMessage());
      return OptionalLong.empty();
    } catch (OrochiException failure) {
      if (attempts.plan == null
          || isRowLevel(change)
          || !KernelExecutor.mayRetryOnFlink(attempts.plan.query(), failure)) {
        throw failure;
      }
      LOG.info("The kernel refused a value, Flink takes over: {}", failure.summary());
      return OptionalLong.empty();
    }
  }

  private static void refuseIfOnlyKernel(
      ModifyOperation change, CannotExpress refused, EngineChoice engine) {
    if (engine == EngineChoice.KERNEL || isRowLevel(change)) {
      throw OrochiException.of(
              OrochiErrorCode.ENGINE_CANNOT_RUN, "Cannot run this change on the kernel")
          .withDetail("The kernel does not run " + refused.getMessage() + ".")
          .withHint("SET 'orochi.execution.engine' = 'auto', or rewrite what it names.");
    }
  }

  /** Whether Flink does not run it in such a session. */
  static boolean isOnlyForKernel(ModifyOperation change, EngineChoice engine) {
    return isRowLevel(change) && !(engine == EngineChoice.FLINK && changesRowsOnFlink(change));
  }

  private static boolean changesRowsOnFlink(ModifyOperation change) {
    return change instanceof SinkModifyOperation modify && (modify.isDelete() || modify.isUpdate());
  }

  /** Whether Flink cannot take it over from the kernel. */
  private static boolean isRowLevel(ModifyOperation change) {
    if (change instanceof CreateTableASOperation) {
      return false;
    }
    return !(change instanceof SinkModifyOperation modify)
        || modify.isDelete()
        || modify.isUpdate()
        || modify.isOverwrite();
  }

  /** Plans on the newest table each time; remembers the last plan. */
  private final class Attempts implements Supplier<ChangePlan> {
    private final ModifyOperation change;
    private final StatementSession session;
    private final ChangeTarget into;
    private ChangePlan plan;
    private EngineChoice engine;

    Attempts(ModifyOperation change, StatementSession session, ChangeTarget into) {
      this.into = into;
      this.change = change;
      this.session = session;
    }

    @Override
    public ChangePlan get() {
      plan =
          planning.with(
              session::newEnvironment,
              environment -> {
                QuerySettings settings = session.querySettings(environment);
                engine = settings.engine();
                return engines
                    .changes()
                    .plan(change, new ChangePlanner.Session(environment, settings, into));
              });
      return plan;
    }
  }

  private final class StatementKernel implements KernelRowSource {
    private final RunningStatement statement;

    StatementKernel(RunningStatement statement) {
      this.statement = statement;
    }

    @Override
    public CloseableIterator<RowData> rows(KernelQuery query, ResolvedSchema schema) {
      statement.runsOn("kernel");
      return new CursorRows(engines.kernel().execute(query, statement::runsIn), schema, statement);
    }

    @Override
    public KeyTurns turns() {
      return engines.changes().turns();
    }

    @Override
    public KeyKernel keys() {
      return new KeyKernel() {
        @Override
        public ScanPlanner planner() {
          return engines.changes().files();
        }

        @Override
        public void run(BiConsumer<KernelSession, BufferAllocator> work) {
          engines.kernel().run(statement::runsIn, work);
        }
      };
    }

    @Override
    public void throwIfCancelled() {
      statement.throwIfCancelled();
    }
  }
}
