package io.orochi.gateway.plan.explain;

import io.orochi.gateway.plan.EngineChoice;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.KernelQuery;
import io.orochi.gateway.plan.PlannedQuery;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.sql.SqlText;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.TierCounts;
import java.util.List;

/**
 * The text of EXPLAIN, the same for the same plan. Its sections:
 *
 * <ul>
 *   <li>{@code == Engine ==}: {@code kernel} or {@code flink}, and why; a reason for Flink names
 *       the expression or the limit.
 *   <li>{@code == Tables ==}, on the kernel: per table read, what is read of what there is, as
 *       {@code read/total}, and the columns; a table read twice is listed twice.
 *   <li>{@code == Kernel SQL ==} or {@code == Flink plan ==}.
 * </ul>
 */
public final class QueryExplainer {
  private QueryExplainer() {}

  /**
   * @param tables what the query reads; for the kernel, its inputs
   * @param plan as {@link #plan} returns it for the kernel; what Flink says of the query for Flink
   */
  public static String explain(
      PlannedQuery planned, QuerySettings settings, List<KernelInput> tables, String plan) {
    boolean kernel = planned instanceof PlannedQuery.OnKernel;
    StringBuilder text = new StringBuilder("== Engine ==\n");
    text.append(kernel ? "kernel: " : "flink: ").append(reason(planned, settings)).append("\n\n");
    return text.append(tables(tables))
        .append(kernel ? "\n== Kernel SQL ==\n" : "\n== Flink plan ==\n")
        .append(plan.strip())
        .append('\n')
        .toString();
  }

  /** The section {@code == Tables ==}. */
  public static String tables(List<KernelInput> tables) {
    StringBuilder text = new StringBuilder("== Tables ==\n");
    tables.forEach(table -> text.append(input(table)).append('\n'));
    return text.append(tables.isEmpty() ? "none\n" : "").toString();
  }

  /** Why the query runs where it does. */
  public static String reason(PlannedQuery planned, QuerySettings settings) {
    return planned instanceof PlannedQuery.OnKernel onKernel
        ? kernelReason(onKernel.query(), settings)
        : ((PlannedQuery.OnFlink) planned).reason();
  }

  /** The kernel's statement, with the names of tables where their views will be. */
  public static String plan(KernelQuery query) {
    return sql(query);
  }

  private static String kernelReason(KernelQuery query, QuerySettings settings) {
    if (settings.engine() == EngineChoice.KERNEL) {
      return "the setting orochi.execution.engine is kernel";
    }
    if (!query.mayRetryOnFlink()) {
      return "only the kernel runs such a query, and "
          + ByteText.of(query.bytesRead())
          + " to read fit";
    }
    return "it can express the query, and " + ByteText.of(query.bytesRead()) + " to read fit";
  }

  private static String input(KernelInput input) {
    if (input instanceof KernelInput.Changes changes) {
      String read =
          "%s: changes of %d snapshots, files %d, bytes %s"
              .formatted(
                  input.name(),
                  changes.plan().snapshots(),
                  changes.plan().files(),
                  ByteText.of(changes.plan().bytes()));
      return read + tiers(changes.plan().tiers());
    }
    if (input instanceof KernelInput.Summary summary) {
      return input.name() + ": told by the metadata of " + summary.files() + " files, not read";
    }
    if (!(input instanceof KernelInput.Files files)) {
      return input.name() + ": computed when the query starts";
    }
    ScanPlan plan = files.plan();
    String time = plan.snapshotId() == null ? ", empty" : ", snapshot " + plan.snapshotId();
    return input.name()
        + ": chunks "
        + of(plan.chunksRead(), plan.chunksTotal())
        + ", shards "
        + of(plan.shardsRead(), plan.shardsTotal())
        + ", files "
        + of(plan.filesRead(), plan.filesTotal())
        + ", bytes "
        + ByteText.of(plan.bytesRead())
        + "/"
        + ByteText.of(plan.bytesTotal())
        + time
        + tiers(plan.tiers())
        + "\n  columns "
        + String.join(", ", plan.schema().columns().stream().map(column -> column.name()).toList());
  }

  private static String tiers(List<TierCounts> tiers) {
    StringBuilder text = new StringBuilder();
    for (TierCounts tier : tiers) {
      text.append("\n  tier ")
          .append(tier.tier() == null ? "unknown" : tier.tier())
          .append(" on ")
          .append(tier.storage())
          .append(": chunks ")
          .append(tier.counts().chunks())
          .append(", files ")
          .append(tier.counts().files())
          .append(", bytes ")
          .append(ByteText.of(tier.counts().bytes()));
    }
    return text.toString();
  }

  private static String of(long read, long total) {
    return read + "/" + total;
  }

  private static String sql(KernelQuery query) {
    List<String> names =
        query.inputs().stream().map(input -> SqlText.identifier(input.name())).toList();
    return SqlLayout.indented(query.sql().text(names));
  }
}
