package io.orochi.gateway.change;

import io.orochi.gateway.plan.EngineChoice;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.explain.ByteText;
import io.orochi.gateway.plan.explain.QueryExplainer;
import io.orochi.table.commit.ChangeKind;
import java.util.List;
import java.util.Locale;

/**
 * The text of EXPLAIN for a change. To the sections of a query it adds {@code == Change ==}: what
 * happens to which table, and how many of its files may lose rows.
 */
public final class ChangeExplainer {
  private ChangeExplainer() {}

  /** Of a change the kernel computes. */
  public static String text(ChangePlan plan, QuerySettings settings) {
    String reason =
        settings.engine() == EngineChoice.KERNEL
            ? "the setting orochi.execution.engine is kernel"
            : "it can express the change, and "
                + ByteText.of(plan.query().bytesRead())
                + " to read fit";
    return engine("kernel: " + reason)
        + change(plan)
        + QueryExplainer.tables(plan.query().inputs())
        + "\n== Kernel SQL ==\n"
        + QueryExplainer.plan(plan.query()).strip()
        + "\n";
  }

  /** Of an INSERT whose rows are written as they are. */
  public static String rows(List<String> table, int rows) {
    return engine("none: the statement holds the rows themselves")
        + "== Change ==\nappend to "
        + String.join(".", table)
        + ": rows "
        + rows
        + "\n\n"
        + QueryExplainer.tables(List.of());
  }

  /** Of a change that will fail. */
  public static String refused(String what) {
    return engine("none: only the kernel runs such a change, and it does not run " + what);
  }

  /**
   * @param plan what Flink says
   */
  public static String onFlink(String what, String plan) {
    return engine("flink: the kernel does not run " + what)
        + "== Flink plan ==\n"
        + plan.strip()
        + "\n";
  }

  private static String engine(String text) {
    return "== Engine ==\n" + text + "\n\n";
  }

  private static String change(ChangePlan plan) {
    String kind = plan.kind().name().toLowerCase(Locale.ROOT);
    String table = plan.table().name();
    StringBuilder text = new StringBuilder("== Change ==\n");
    if (plan.kind() == ChangeKind.APPEND) {
      text.append("append to ").append(table).append(": new files only");
    } else if (plan.kind() == ChangeKind.OVERWRITE) {
      text.append("overwrite ").append(table).append(": the partitions of the new rows");
    } else {
      KernelInput.Files placed = plan.placedScan().orElse(null);
      long total = placed == null ? 0 : placed.plan().filesTotal();
      int files = placed == null ? 0 : plan.files(placed).size();
      text.append(kind).append(' ').append(table);
      text.append(": files that may lose rows ").append(files).append('/').append(total);
      text.append(", of these dropped whole and not read ").append(plan.covered().size());
    }
    return text.append("\n\n").toString();
  }
}
