package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Types;
import java.util.Map;

/** DATE_FORMAT with a literal pattern made of numbers in fixed width. */
final class DateFormats {
  private static final Map<String, String> PARTS =
      Map.of(
          "yyyy", "%Y", "MM", "%m", "dd", "%d", "HH", "%H", "mm", "%M", "ss", "%S", "SSS", "%g",
          "SSSSSS", "%f", "DDD", "%j");

  private DateFormats() {}

  static String write(Call call) {
    if (!Types.isTimestamp(call.type(0))) {
      throw call.refusal("the format of " + call.type(0));
    }
    String pattern = call.text(1).orElseThrow(() -> call.refusal("a computed pattern"));
    StringBuilder format = new StringBuilder();
    for (int i = 0; i < pattern.length(); ) {
      int end = i + 1;
      while (end < pattern.length() && pattern.charAt(end) == pattern.charAt(i)) {
        end++;
      }
      format.append(part(call, pattern.substring(i, end)));
      i = end;
    }
    return "strftime(" + call.micros(0) + ", '" + format + "')";
  }

  private static String part(Call call, String run) {
    String known = PARTS.get(run);
    if (known != null) {
      return known;
    }
    char letter = run.charAt(0);
    if (" -/:.,_".indexOf(letter) >= 0) {
      return run;
    }
    throw call.refusal("the pattern letters " + run);
  }
}
