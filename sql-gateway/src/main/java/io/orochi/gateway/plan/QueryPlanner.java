package io.orochi.gateway.plan;

import io.orochi.catalog.settings.Settings;
import io.orochi.gateway.plan.asof.KernelOnly;
import io.orochi.gateway.plan.cache.Stability;
import io.orochi.gateway.plan.narrow.Narrowing;
import io.orochi.gateway.plan.rel.RelSql;
import io.orochi.gateway.plan.scan.CatalogRelations;
import io.orochi.gateway.plan.scan.NamedTables;
import io.orochi.gateway.plan.scan.PlannedRelations;
import io.orochi.gateway.plan.scan.Relation;
import io.orochi.gateway.plan.scan.Relations;
import io.orochi.gateway.plan.scan.Scan;
import io.orochi.gateway.plan.scan.ScanFiles;
import io.orochi.gateway.plan.scan.SessionTables;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.SqlTemplate;
import io.orochi.gateway.plan.stage.Stage;
import io.orochi.gateway.plan.stage.Stages;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.history.MetadataRows;
import io.orochi.table.kernel.changelog.ChangelogPlanner;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.ScanPlanner;
import io.orochi.table.kernel.scan.ScanRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.ContextResolvedTable;
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
    return plan(query.getCalciteTree(), query.getResolvedSchema(), env, settings, new Stages());
  }

  /**
   * The same for a tree of any session; it is only read.
   *
   * @param env the session that asks
   * @param stages is told what each stage takes
   */
  public PlannedQuery plan(
      RelNode tree,
      ResolvedSchema schema,
      TableEnvironmentInternal env,
      QuerySettings settings,
      Stages stages) {
    PlannedQuery planned = choose(tree, schema, env, settings, stages);
    if (planned instanceof PlannedQuery.OnFlink onFlink) {
      KernelOnly.refuse(tree, mode(env), onFlink.reason());
    }
    return planned;
  }

  private static RuntimeExecutionMode mode(TableEnvironmentInternal env) {
    return env.getConfig().get(ExecutionOptions.RUNTIME_MODE);
  }

  private PlannedQuery choose(
      RelNode tree,
      ResolvedSchema schema,
      TableEnvironmentInternal env,
      QuerySettings settings,
      Stages stages) {
    if (settings.engine() == EngineChoice.FLINK) {
      return new PlannedQuery.OnFlink("the setting orochi.execution.engine is flink", schema);
    }
    try {
      if (mode(env) == RuntimeExecutionMode.STREAMING) {
        throw new CannotExpress("a streaming session (execution.runtime-mode)");
      }
      Relations relations =
          new CatalogRelations(settings.sessionSettings(), clock, settings.tables()::table);
      Relations planned =
          settings.tables().readsCommitted() ? new PlannedRelations(relations) : relations;
      return choose(planQuery(tree, planned, settings, stages), schema, settings);
    } catch (CannotExpress refused) {
      return refused(refused.getMessage(), schema, settings);
    } catch (StackOverflowError deep) {
      return refused("a query nested this deeply", schema, settings);
    }
  }

  /**
   * Writes the kernel's SQL for any tree and plans its scans.
   *
   * @param relations what stands behind the tree's tables
   * @throws CannotExpress if the kernel would not give Flink's answer
   */
  public PlannedTree planTree(RelNode tree, Relations relations, QuerySettings settings) {
    return planTree(tree, relations, settings, new Stages());
  }

  private PlannedTree planTree(
      RelNode tree, Relations relations, QuerySettings settings, Stages stages) {
    Written written = write(tree, relations, settings, ScanFiles.UNKNOWN, stages);
    return new PlannedTree(written.query(), written.sql().scans());
  }

  /**
   * A query whose rows leave the kernel: it may read less, and its answer may be kept unless it
   * reads what a transaction has staged.
   */
  private KernelQuery planQuery(
      RelNode tree, Relations relations, QuerySettings settings, Stages stages) {
    if (!Settings.pruning(settings.sessionSettings())) {
      return planTree(tree, relations, settings, stages).query();
    }
    ScanFiles files =
        scan -> stages.time(Stage.PRUNE, () -> Optional.of(plan(scan, scan.filter())));
    boolean committed = settings.tables().readsCommitted();
    Written written = write(tree, relations, settings, files, stages);
    boolean repeats =
        committed
            && settings.tables().readsCommitted()
            && Settings.resultCache(settings.sessionSettings())
            && Stability.of(tree) == Stability.ALWAYS
            && written.query().inputs().stream().allMatch(KernelInput::isOfOneSnapshot);
    return ReadLess.at(written.query(), narrowings(written.sql()))
        .with(repeats ? Reuse.SAME_SNAPSHOTS : Reuse.NEVER);
  }

  /** Those that need no query come first. */
  private static List<Narrowing> narrowings(RelSql sql) {
    List<Narrowing> all = new ArrayList<>();
    for (int i = 0; i < sql.scans().size(); i++) {
      Narrowing.Points.of(i, sql.scans().get(i)).ifPresent(all::add);
    }
    all.addAll(sql.narrowings());
    return all;
  }

  private record Written(RelSql sql, KernelQuery query) {}

  private Written write(
      RelNode tree, Relations relations, QuerySettings settings, ScanFiles files, Stages stages) {
    RelSql sql = new RelSql(relations, settings.timeZone(), clock.instant(), files);
    SqlTemplate template = stages.time(Stage.PLAN, () -> SqlTemplate.of(sql.query(tree)));
    boolean pruning = Settings.pruning(settings.sessionSettings());
    List<KernelInput> inputs =
        stages.time(
            Stage.PRUNE,
            () ->
                sql.scans().stream()
                    .map(scan -> input(scan, pruning ? scan.filter() : Expressions.alwaysTrue()))
                    .toList());
    sql.scans().forEach(scan -> announce(scan, settings.tables()));
    KernelQuery query =
        new KernelQuery(
            template,
            inputs,
            KernelZones.of(settings.timeZone()),
            settings.engine() == EngineChoice.AUTO
                && !KernelOnly.is(tree, RuntimeExecutionMode.BATCH),
            List.of(),
            Reuse.NEVER);
    return new Written(sql, query);
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

  /**
   * The Orochi tables a query names, with all their files: what Flink may read. In the order of the
   * text, each once.
   */
  public List<KernelInput> tables(PlannerQueryOperation query, QuerySettings settings) {
    Relations relations =
        new CatalogRelations(settings.sessionSettings(), clock, settings.tables()::table);
    List<KernelInput> tables = new ArrayList<>();
    for (ContextResolvedTable table : NamedTables.of(query.getCalciteTree())) {
      try {
        Scan scan = new Scan(relations.find(table));
        scan.relation().schema().columns().forEach(column -> scan.need(column.name()));
        tables.add(input(scan, Expressions.alwaysTrue()));
      } catch (CannotExpress notOurs) {
        continue;
      }
    }
    return tables;
  }

  private KernelInput input(Scan scan, Expression filter) {
    Relation relation = scan.relation();
    if (relation instanceof Relation.Stored stored) {
      ScanPlan plan = plan(scan, filter);
      return new KernelInput.Files(
          stored.name(),
          scan.chosenFiles().map(plan::only).orElse(plan),
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
    if (relation instanceof Relation.Summary summary) {
      return new KernelInput.Summary(
          summary.name(), summary.schema(), summary.rows(), summary.files());
    }
    Relation.Computed computed = (Relation.Computed) relation;
    return new KernelInput.Rows(computed.name(), computed.schema(), computed.rows());
  }

  private ScanPlan plan(Scan scan, Expression filter) {
    Relation.Stored stored = (Relation.Stored) scan.relation();
    return scanPlanner.plan(
        stored.table(),
        new ScanRequest(
            stored.snapshotId(), scan.columns(), filter, scan.statistics(), stored.schemaOf()));
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
