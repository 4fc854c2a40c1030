package io.orochi.gateway.plan;

import io.orochi.catalog.settings.Settings;
import io.orochi.gateway.plan.asof.KernelOnly;
import io.orochi.gateway.plan.rel.RelSql;
import io.orochi.gateway.plan.scan.CatalogRelations;
import io.orochi.gateway.plan.scan.Relation;
import io.orochi.gateway.plan.scan.Relations;
import io.orochi.gateway.plan.scan.Scan;
import io.orochi.gateway.plan.scan.SessionTables;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.SqlTemplate;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.history.MetadataRows;
import io.orochi.table.kernel.changelog.ChangelogPlanner;
import io.orochi.table.kernel.scan.ScanPlanner;
import io.orochi.table.kernel.scan.ScanRequest;
import java.time.Clock;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Chooses the engine of a query. Safe to share between sessions. */
public final class QueryPlanner {
  private final ScanPlanner scanPlanner;
  private final Clock clock;

  public QueryPlanner() {
    this(new ScanPlanner(), Clock.systemUTC());
  }

  public QueryPlanner(ScanPlanner scanPlanner, Clock clock) {
    this.scanPlanner = scanPlanner;
    this.clock = clock;
  }

  /** Finds the files of tables. */
  public ScanPlanner files() {
    return scanPlanner;
  }

  /**
   * Plans a validated query. Files are chosen here: what a later commit adds is not read.
   *
   * @throws OrochiException ENGINE_CANNOT_RUN if the settings force the kernel and it cannot
   *     express the query
   */
  public PlannedQuery plan(
      PlannerQueryOperation query, TableEnvironmentInternal env, QuerySettings settings) {
    return plan(query.getCalciteTree(), query.getResolvedSchema(), env, settings);
  }

  /**
   * The same for a tree of any session; it is only read.
   *
   * @param env the session that asks
   */
  public PlannedQuery plan(
      RelNode tree, ResolvedSchema schema, TableEnvironmentInternal env, QuerySettings settings) {
    PlannedQuery planned = choose(tree, schema, env, settings);
    if (planned instanceof PlannedQuery.OnFlink onFlink) {
      KernelOnly.refuse(tree, onFlink.reason());
    }
    return planned;
  }

  private PlannedQuery choose(
      RelNode tree, ResolvedSchema schema, TableEnvironmentInternal env, QuerySettings settings) {
    if (settings.engine() == EngineChoice.FLINK) {
      return new PlannedQuery.OnFlink("the setting orochi.execution.engine is flink", schema);
    }
    try {
      if (env.getConfig().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.STREAMING) {
        throw new CannotExpress("a streaming session (execution.runtime-mode)");
      }
      Relations relations =
          new CatalogRelations(settings.sessionSettings(), clock, settings.tables()::table);
      return choose(kernelQuery(tree, relations, settings), schema, settings);
    } catch (CannotExpress refused) {
      return refused(refused.getMessage(), schema, settings);
    } catch (StackOverflowError deep) {
      return refused("a query nested this deeply", schema, settings);
    }
  }

  private KernelQuery kernelQuery(RelNode tree, Relations relations, QuerySettings settings) {
    return planTree(tree, relations, settings).query();
  }

  /**
   * Writes the kernel's SQL for any tree and plans its scans.
   *
   * @param relations what stands behind the tree's tables
   * @throws CannotExpress if the kernel would not give Flink's answer
   */
  public PlannedTree planTree(RelNode tree, Relations relations, QuerySettings settings) {
    RelSql sql = new RelSql(relations, settings.timeZone(), clock.instant());
    SqlTemplate template = SqlTemplate.of(sql.query(tree));
    boolean pruning = Settings.pruning(settings.sessionSettings());
    List<KernelInput> inputs =
        sql.scans().stream()
            .map(scan -> input(scan, pruning ? scan.filter() : Expressions.alwaysTrue()))
            .toList();
    sql.scans().forEach(scan -> announce(scan, settings.tables()));
    KernelQuery query =
        new KernelQuery(
            template,
            inputs,
            KernelZones.of(settings.timeZone()),
            settings.engine() == EngineChoice.AUTO && !KernelOnly.is(tree));
    return new PlannedTree(query, sql.scans());
  }

  private static void announce(Scan scan, SessionTables tables) {
    if (scan.relation() instanceof Relation.Stored stored) {
      tables.willRead(stored.table(), scan.filter());
    }
  }

  /**
   * A tree the kernel can run.
   *
   * @param scans those of the query's inputs, in their order
   */
  public record PlannedTree(KernelQuery query, List<Scan> scans) {}

  private KernelInput input(Scan scan, Expression filter) {
    Relation relation = scan.relation();
    if (relation instanceof Relation.Stored stored) {
      ScanRequest request =
          new ScanRequest(stored.snapshotId(), scan.columns(), filter, stored.schemaOf());
      return new KernelInput.Files(
          stored.name(),
          scanPlanner.plan(stored.table(), request),
          scan.placesNeeded() ? KernelInput.RowPlaces.KNOWN : KernelInput.RowPlaces.UNKNOWN);
    }
    if (relation instanceof Relation.Changelog changelog) {
      return new KernelInput.Changes(
          changelog.name(),
          new ChangelogPlanner(scanPlanner)
              .plan(changelog.table(), changelog.snapshotId(), scan.columns(), filter));
    }
    if (relation instanceof Relation.Metadata metadata) {
      Schema columns =
          new Schema(scan.columns().stream().map(metadata.schema()::findField).toList());
      return new KernelInput.Rows(
          metadata.name(),
          columns,
          () -> new MetadataRows(metadata.table(), metadata.snapshotId(), columns));
    }
    Relation.Computed computed = (Relation.Computed) relation;
    return new KernelInput.Rows(computed.name(), computed.schema(), computed.rows());
  }

  private static PlannedQuery choose(
      KernelQuery query, ResolvedSchema schema, QuerySettings settings) {
    long bytes = query.bytesRead();
    if (settings.engine() == EngineChoice.AUTO && bytes > settings.poolBytes()) {
      return new PlannedQuery.OnFlink(
          "it reads " + bytes + " bytes, more than the kernel's " + settings.poolBytes(), schema);
    }
    return new PlannedQuery.OnKernel(query, schema);
  }

  private static PlannedQuery refused(
      String reason, ResolvedSchema schema, QuerySettings settings) {
    if (settings.engine() == EngineChoice.KERNEL) {
      throw OrochiException.of(
              OrochiErrorCode.ENGINE_CANNOT_RUN, "Cannot run this query on the kernel")
          .withDetail("The kernel does not run " + reason + ".")
          .withHint("SET 'orochi.execution.engine' = 'auto' lets Flink run it.");
    }
    return new PlannedQuery.OnFlink("the kernel does not run " + reason, schema);
  }
}
