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
      if (isFlinks(mapping)) {
        continue;
      }
      rows.append("| `").append(mapping.name()).append("` | `").append(mapping.template());
      rows.append("` | ").append(mapping.note()).append(" |\n");
    }
    return rows.toString();
  }

  /** Functions that the kernel calls Flink's own code for, in alphabetical order. */
  public static List<String> ofFlink() {
    return FunctionMappings.all().stream()
        .filter(FunctionReference::isFlinks)
        .map(FunctionMapping::name)
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isFlinks(FunctionMapping mapping) {
    return mapping.template().contains("flink_");
  }
}
