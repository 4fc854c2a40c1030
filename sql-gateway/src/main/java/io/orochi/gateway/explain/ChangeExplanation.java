package io.orochi.gateway.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.explain.QueryExplainer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Everything EXPLAIN says of one change. To the sections of a query it adds {@code == Change ==}:
 * what happens to which table, and how many of its files may lose rows.
 *
 * @param reason why it runs there
 * @param effect null if the engine does not tell
 * @param tables what the kernel reads
 * @param plan the kernel's SQL or Flink's plan; null if there is none
 * @param actuals null if it was not run
 */
public record ChangeExplanation(
    Engine engine,
    String reason,
    ChangeEffect effect,
    List<KernelInput> tables,
    String plan,
    ChangeActuals actuals) {
  /** What computes the rows. */
  public enum Engine {
    KERNEL("kernel", "Kernel SQL", "kernel_sql"),
    FLINK("flink", "Flink plan", "flink_plan"),
    NONE("none", "", "");

    private final String title;
    private final String section;
    private final String field;

    Engine(String title, String section, String field) {
      this.title = title;
      this.section = section;
      this.field = field;
    }
  }

  public ChangeExplanation {
    tables = List.copyOf(tables);
  }

  public ChangeExplanation with(ChangeActuals figures) {
    return new ChangeExplanation(engine, reason, effect, tables, plan, figures);
  }

  public String text() {
    StringBuilder text = new StringBuilder("== Engine ==\n");
    text.append(engine.title).append(": ").append(reason).append('\n');
    if (effect != null) {
      text.append("\n== Change ==\n").append(effect.text()).append("\n\n");
      text.append(QueryExplainer.tables(tables));
    }
    if (plan != null) {
      text.append("\n== ").append(engine.section).append(" ==\n");
      text.append(plan.strip()).append('\n');
    }
    return actuals == null ? text.toString() : text.append('\n').append(actuals.text()).toString();
  }

  /** Sizes are bytes, times milliseconds. */
  public String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = ExplanationJson.generator(text)) {
      json.writeStartObject();
      json.writeStringField("engine", engine.title);
      json.writeStringField("reason", reason);
      if (effect != null) {
        effect.writeTo(json);
      }
      ExplanationJson.tables(tables, json);
      if (plan != null) {
        json.writeStringField(engine.field, plan.strip());
      }
      if (actuals != null) {
        actuals.writeTo(json);
      }
      json.writeEndObject();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return text.toString();
  }
}
