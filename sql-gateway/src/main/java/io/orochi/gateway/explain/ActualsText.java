package io.orochi.gateway.explain;

import io.orochi.gateway.kernel.Answer;
import io.orochi.gateway.plan.cache.PlanOrigin;
import io.orochi.gateway.plan.explain.ByteText;
import io.orochi.gateway.plan.stage.Stage;
import java.util.Locale;
import java.util.StringJoiner;

/** The section {@code == Actual ==} of EXPLAIN ANALYZE. */
final class ActualsText {
  private ActualsText() {}

  static String of(Actuals actuals, PlanOrigin origin) {
    StringBuilder text = new StringBuilder("== Actual ==\nrows ").append(actuals.rows());
    if (actuals.bytes() >= 0) {
      text.append(", ").append(ByteText.of(actuals.bytes())).append(" of Arrow");
    }
    if (actuals.verifiedFiles() >= 0 && actuals.answer() != Answer.CACHED) {
      text.append("\nfiles verified ")
          .append(actuals.verifiedFiles())
          .append(", without a digest ")
          .append(actuals.unverifiedFiles())
          .append("\nfile copies found ")
          .append(actuals.copies().found())
          .append(", fetched ")
          .append(actuals.copies().fetched())
          .append(" (")
          .append(ByteText.of(actuals.copies().fetchedBytes()))
          .append("), not needed ")
          .append(actuals.copies().inPlace());
    }
    text.append("\nresult cache: ").append(actuals.answer());
    text.append("\nplan: ").append(origin);
    StringJoiner stages = new StringJoiner(", ");
    for (Stage stage : Stage.values()) {
      stages.add(stage + " " + millis(actuals.stages().nanos(stage)));
    }
    return text.append('\n')
        .append(stages)
        .append(", total ")
        .append(millis(actuals.stages().totalNanos()))
        .append('\n')
        .toString();
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }
}
