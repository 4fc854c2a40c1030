package io.orochi.gateway.plan.rex;

import java.util.List;

/** What the kernel runs, as text for the reference. */
public final class FunctionReference {
  private FunctionReference() {}

  /** Operators and functions by Flink's name, in alphabetical order. */
  public static List<String> operators() {
    return Rules.names();
  }

  /** Rows of a Markdown table: function, kernel SQL, note. */
  public static String mappings() {
    StringBuilder rows = new StringBuilder();
    for (FunctionMapping mapping : FunctionMappings.all()) {
      rows.append("| `").append(mapping.name()).append("` | `").append(mapping.template());
      rows.append("` | ").append(mapping.note()).append(" |\n");
    }
    return rows.toString();
  }
}
