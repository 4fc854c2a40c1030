package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.function.SharedPattern;
import io.orochi.gateway.plan.rex.value.Types;
import io.orochi.gateway.plan.sql.SqlText;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Functions over text whose kernel equivalent depends on the operands. */
final class Texts {
  /** The kernel does not count the memory of single texts. */
  private static final int LONGEST_PADDED = 1_000_000;

  private Texts() {}

  static void addTo(Map<String, Call.Rule> rules) {
    rules.put("LIKE", call -> like(call, "LIKE"));
    rules.put("NOT LIKE", call -> like(call, "NOT LIKE"));
    rules.put("||", Texts::concat);
    rules.put("CONCAT", Texts::concat);
    rules.put("CONCAT_WS", Texts::join);
    rules.put("SUBSTRING", Texts::substring);
    rules.put("SUBSTR", Texts::substring);
    rules.put("TRIM", Texts::trim);
    rules.put("LEFT", call -> end(call, "left"));
    rules.put("RIGHT", call -> end(call, "right"));
    rules.put("LPAD", call -> pad(call, "lpad"));
    rules.put("RPAD", call -> pad(call, "rpad"));
    rules.put("REPLACE", Texts::replace);
    rules.put("SPLIT_INDEX", Texts::part);
  }

  /** Regular expressions that the kernel has too, for the texts of which it is certain. */
  static Call.Rule faster(String name, Call.Rule flinks) {
    return switch (name) {
      case "REGEXP" -> call -> matches(call, flinks.write(call));
      case "REGEXP_EXTRACT", "REGEXP_SUBSTR" -> call -> extract(call, flinks.write(call));
      case "REGEXP_REPLACE" -> call -> replaceAll(call, flinks.write(call));
      case "REGEXP_COUNT" -> call -> count(call, flinks.write(call));
      default -> flinks;
    };
  }

  private static Optional<SharedPattern> pattern(Call call) {
    return call.text(1).flatMap(SharedPattern::of);
  }

  private static String matches(Call call, String flinks) {
    return pattern(call)
        .map(shared -> either(call, shared, "regexp_matches(%s)", flinks))
        .orElse(flinks);
  }

  private static String extract(Call call, String flinks) {
    int group = call.size() == 2 ? 0 : call.wholeNumber(2).orElse(-1);
    return pattern(call)
        .filter(shared -> shared.agreesOnGroup(group))
        .map(
            shared -> either(call, shared, "nullif(regexp_extract(%s, " + group + "), '')", flinks))
        .orElse(flinks);
  }

  private static String replaceAll(Call call, String flinks) {
    Optional<String> with =
        call.text(2).map(text -> SqlText.string(text.replace("\\", "\\\\").replace("%", "%%")));
    return pattern(call)
        .filter(shared -> with.isPresent() && !shared.mayBeEmpty())
        .map(shared -> either(call, shared, "regexp_replace(%s, " + with.get() + ", 'g')", flinks))
        .orElse(flinks);
  }

  private static String count(Call call, String flinks) {
    String counted = "CAST(len(regexp_extract_all(%s)) AS INTEGER)";
    return pattern(call)
        .filter(shared -> !shared.mayBeEmpty())
        .map(shared -> either(call, shared, counted, flinks))
        .orElse(flinks);
  }

  /**
   * @param kernels with a place for the text and the pattern
   */
  private static String either(Call call, SharedPattern shared, String kernels, String flinks) {
    String text = call.sql(0);
    String isAscii = "strlen(" + text + ") = length(" + text + ")";
    String noBreak =
        shared.asksForTheEnd() ? " AND right(" + text + ", 1) NOT IN (chr(10), chr(13))" : "";
    String operands = text + ", " + SqlText.string(shared.inKernel());
    return "CASE WHEN "
        + isAscii
        + noBreak
        + " THEN "
        + kernels.formatted(operands)
        + " ELSE "
        + flinks
        + " END";
  }

  private static void requireText(Call call, int operand) {
    if (!Types.isText(call.type(operand))) {
      throw call.refusal("text of " + call.type(operand));
    }
  }

  /**
   * Without ESCAPE a backslash escapes for Flink if the pattern has an underscore, and is a letter
   * like others if it has none.
   */
  private static String like(Call call, String operator) {
    requireText(call, 0);
    requireText(call, 1);
    String sql = "(" + call.sql(0) + " " + operator + " " + call.sql(1);
    if (call.size() == 2) {
      String pattern = call.text(1).orElseThrow(() -> call.refusal("a computed pattern"));
      boolean escapes = pattern.indexOf('\\') >= 0 && pattern.indexOf('_') >= 0;
      if (escapes) {
        requireEscaped(call, pattern, '\\');
      }
      return sql + (escapes ? " ESCAPE '\\')" : ")");
    }
    String escape = call.text(2).orElseThrow(() -> call.refusal("a computed escape"));
    String pattern = call.text(1).orElseThrow(() -> call.refusal("a computed pattern"));
    if (escape.length() != 1) {
      throw call.refusal("this escape");
    }
    requireEscaped(call, pattern, escape.charAt(0));
    return sql + " ESCAPE " + SqlText.string(escape) + ")";
  }

  /** Only wildcards and the escape itself may be escaped: the rest is an error of Flink. */
  private static void requireEscaped(Call call, String pattern, char escape) {
    for (int i = pattern.indexOf(escape); i >= 0; i = pattern.indexOf(escape, i + 2)) {
      char next = i + 1 < pattern.length() ? pattern.charAt(i + 1) : ' ';
      if (next != '_' && next != '%' && next != escape) {
        throw call.refusal("this escape");
      }
    }
  }

  private static String concat(Call call) {
    StringBuilder sql = new StringBuilder("(");
    for (int i = 0; i < call.size(); i++) {
      requireText(call, i);
      sql.append(i == 0 ? "" : " || ").append(call.sql(i));
    }
    return sql.append(')').toString();
  }

  /** Both engines skip NULLs after the separator. */
  private static String join(Call call) {
    StringBuilder sql = new StringBuilder("concat_ws(");
    for (int i = 0; i < call.size(); i++) {
      requireText(call, i);
      sql.append(i == 0 ? "" : ", ").append(call.sql(i));
    }
    return sql.append(')').toString();
  }

  /** From a literal position of at least 1: what lies before the text differs between engines. */
  private static String substring(Call call) {
    requireText(call, 0);
    requireNumber(call, 1, 1);
    if (call.size() == 2) {
      return "substring(" + call.sql(0) + ", " + call.sql(1) + ")";
    }
    requireNumber(call, 2, 0);
    return "substring(" + call.sql(0) + ", " + call.sql(1) + ", " + call.sql(2) + ")";
  }

  private static void requireNumber(Call call, int operand, int least) {
    OptionalInt number = call.wholeNumber(operand);
    if (number.isEmpty() || number.getAsInt() < least) {
      throw call.refusal("a position or length that is computed or less than " + least);
    }
  }

  private static String trim(Call call) {
    String side = String.valueOf(call.literal(0).orElseThrow().getValue());
    String characters = call.text(1).orElseThrow(() -> call.refusal("computed characters"));
    requireText(call, 2);
    if (characters.length() != 1) {
      throw call.refusal("several characters");
    }
    String function =
        switch (side) {
          case "BOTH" -> "trim";
          case "LEADING" -> "ltrim";
          case "TRAILING" -> "rtrim";
          default -> throw call.refusal("the side " + side);
        };
    return function + "(" + call.sql(2) + ", " + SqlText.string(characters) + ")";
  }

  private static String end(Call call, String function) {
    requireText(call, 0);
    requireNumber(call, 1, 0);
    return function + "(" + call.sql(0) + ", " + call.sql(1) + ")";
  }

  private static String pad(Call call, String function) {
    requireText(call, 0);
    requireNumber(call, 1, 0);
    if (call.wholeNumber(1).orElseThrow() > LONGEST_PADDED) {
      throw call.refusal("a padding to more than " + LONGEST_PADDED + " characters");
    }
    String with = call.text(2).orElseThrow(() -> call.refusal("a computed padding"));
    if (with.isEmpty()) {
      throw call.refusal("an empty padding");
    }
    return function + "(" + call.sql(0) + ", " + call.sql(1) + ", " + SqlText.string(with) + ")";
  }

  private static String replace(Call call) {
    requireText(call, 0);
    String sought = call.text(1).orElseThrow(() -> call.refusal("a computed text"));
    if (sought.isEmpty()) {
      throw call.refusal("an empty text");
    }
    return "replace(" + call.sql(0) + ", " + call.sql(1) + ", " + call.sql(2) + ")";
  }

  /** Counted from 0; NULL beyond the last one. An empty text has no parts. */
  private static String part(Call call) {
    requireText(call, 0);
    String delimiter = call.text(1).orElseThrow(() -> call.refusal("a computed delimiter"));
    if (delimiter.isEmpty()) {
      throw call.refusal("an empty delimiter");
    }
    requireNumber(call, 2, 0);
    int place = call.wholeNumber(2).orElseThrow();
    return "list_extract(string_split(nullif("
        + call.sql(0)
        + ", ''), "
        + SqlText.string(delimiter)
        + "), "
        + (place + 1L)
        + ")";
  }
}
