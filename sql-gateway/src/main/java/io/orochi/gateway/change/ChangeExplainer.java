package io.orochi.gateway.change;

import io.orochi.gateway.explain.ChangeEffect;
import io.orochi.gateway.explain.ChangeExplanation;
import io.orochi.gateway.explain.ChangeExplanation.Engine;
import io.orochi.gateway.plan.EngineChoice;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.explain.ByteText;
import io.orochi.gateway.plan.explain.QueryExplainer;
import io.orochi.table.commit.ChangeKind;
import java.util.List;
import java.util.Locale;

/** Tells what a change would do, before it is run. */
public final class ChangeExplainer {
  private ChangeExplainer() {}

  /** Of a change the kernel computes. */
  public static ChangeExplanation onKernel(ChangePlan plan, QuerySettings settings) {
    String reason =
        settings.engine() == EngineChoice.KERNEL
            ? "the setting orochi.execution.engine is kernel"
            : "it can express the change, and "
                + ByteText.of(plan.query().bytesRead())
                + " to read fit";
    return new ChangeExplanation(
        Engine.KERNEL,
        reason,
        effect(plan),
        plan.query().inputs(),
        QueryExplainer.plan(plan.query()),
        null);
  }

  /** Of an INSERT whose rows are written as they are. */
  public static ChangeExplanation rows(List<String> table, int rows) {
    return new ChangeExplanation(
        Engine.NONE,
        "the statement holds the rows themselves",
        ChangeEffect.append(String.join(".", table), rows),
        List.of(),
        null,
        null);
  }

  /** Of a change that will fail. */
  public static ChangeExplanation refused(String what) {
    return new ChangeExplanation(
        Engine.NONE,
        "only the kernel runs such a change, and it does not run " + what,
        null,
        List.of(),
        null,
        null);
  }

  /**
   * @param plan what Flink says
   */
  public static ChangeExplanation onFlink(String what, String plan) {
    return new ChangeExplanation(
        Engine.FLINK, "the kernel does not run " + what, null, List.of(), plan, null);
  }

  private static ChangeEffect effect(ChangePlan plan) {
    String table = plan.table().name();
    if (plan.kind() == ChangeKind.APPEND) {
      return ChangeEffect.append(table, -1);
    } else if (plan.kind() == ChangeKind.OVERWRITE) {
      return ChangeEffect.overwrite(table);
    }
    KernelInput.Files placed = plan.placedScan().orElse(null);
    return new ChangeEffect(
        plan.kind().name().toLowerCase(Locale.ROOT),
        table,
        -1,
        placed == null ? 0 : placed.plan().filesTotal(),
        placed == null ? 0 : plan.files(placed).size(),
        plan.covered().size());
  }
}
