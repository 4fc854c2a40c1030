package io.orochi.gateway.plan.rex.value;

import io.orochi.gateway.plan.sql.KernelTypes;
import io.orochi.gateway.plan.sql.SqlText;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;

/**
 * Numbers and truth values read from text as Flink reads them. Plain spellings are read by the
 * kernel. Of all others CAST fails, so that Flink may read the text or report it; TRY_CAST gives
 * NULL where it is certain that Flink does, and fails else.
 */
public final class NumberTexts {
  /** Flink reads decimals of more digits, or from more bytes of text, in another way. */
  private static final int SHORT_DIGITS = 18;

  private static final String BLANKS = "[ \\t\\n]*";
  private static final String WHOLE = "^ *([+-]?[0-9]+)(?:\\.[0-9]*)? *$";
  private static final String UNSIGNED = "(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)";
  private static final String APPROXIMATE =
      "^ *([+-]?" + UNSIGNED + "(?:[eE][+-]?[0-9]+)?|NaN|-?Infinity) *$";

  /** What Java reads as a number beyond that, or trims. */
  private static final String UNUSUAL_APPROXIMATE =
      "[\\x00-\\x1f]|^ *[+-]?(?:NaN *$|Infinity *$|0[xX]|[0-9.]+(?:[eE][+-]?[0-9]+)?[fFdD] *$)";

  private static final String TRUTH = "^(?:true|t|yes|y|1|false|f|no|n|0)$";

  /** Flink overlooks one wrong character after the digits of a short decimal, if any. */
  private static final String NO_SHORT_DECIMAL =
      "^" + BLANKS + "(?:$|[+-]?(?:[A-DF-Za-df-z][^ \\t\\n]|[eE][A-Za-z][A-Za-z]))";

  private static final String NO_LONG_DECIMAL = "^" + BLANKS + "(?:$|[+-]?[A-Za-z])";

  private NumberTexts() {}

  /** CAST; empty if the type is neither of numbers nor BOOLEAN. */
  public static Optional<String> cast(String text, RelDataType to) {
    return Optional.ofNullable(
        switch (to.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER, BIGINT -> as(to, extract(text, WHOLE));
          case FLOAT, REAL, DOUBLE -> as(to, extract(text, APPROXIMATE));
          case DECIMAL -> as(to, extract(text, plainDecimal(to)));
          case BOOLEAN -> as(to, "regexp_extract(lower(" + text + "), " + quoted(TRUTH) + ")");
          default -> null;
        });
  }

  /** TRY_CAST; empty as for CAST. */
  public static Optional<String> tryCast(String text, RelDataType to) {
    return switch (to.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT ->
          cast("regexp_replace(" + text + ", '^( *[+-]?)\\.', '\\10.')", to)
              .map(sql -> "TRY_" + sql);
      case FLOAT, REAL, DOUBLE ->
          cast(text, to)
              .map(
                  sql ->
                      "CASE WHEN %s THEN %s ELSE TRY_%s END"
                          .formatted(matches(text, UNUSUAL_APPROXIMATE), unread(text, to), sql));
      case DECIMAL -> cast(text, to).map(sql -> tryDecimal(text, to, sql));
      case BOOLEAN -> cast(text, to).map(sql -> "TRY_" + sql);
      default -> Optional.empty();
    };
  }

  private static String tryDecimal(String text, RelDataType to, String cast) {
    boolean isShort = to.getPrecision() <= SHORT_DIGITS;
    String value = isShort ? "coalesce(TRY_" + cast + ", " + unread(text, to) + ")" : "TRY_" + cast;
    String refused = matches(text, isShort ? NO_SHORT_DECIMAL : NO_LONG_DECIMAL);
    if (isShort) {
      refused +=
          " OR length(" + text + ") <= " + SHORT_DIGITS + " AND " + matches(text, tooWide(to));
    }
    return "CASE WHEN %s THEN %s WHEN coalesce(%s, true) THEN CAST(NULL AS %s) ELSE %s END"
        .formatted(
            matches(text, plainDecimal(to)), value, refused, KernelTypes.of(to), unread(text, to));
  }

  /** In a short decimal Flink counts leading zeros as digits. */
  private static String plainDecimal(RelDataType to) {
    int whole = to.getPrecision() - to.getScale();
    String digits = UNSIGNED;
    if (to.getPrecision() <= SHORT_DIGITS) {
      digits = whole == 0 ? "\\.[0-9]+" : "(?:[0-9]{1," + whole + "}(?:\\.[0-9]*)?|\\.[0-9]+)";
    }
    return "^" + BLANKS + "([+-]?" + digits + ")" + BLANKS + "$";
  }

  private static String tooWide(RelDataType to) {
    int digits = to.getPrecision() - to.getScale() + 1;
    return "^" + BLANKS + "[+-]?[0-9]{" + digits + ",}(?:\\.[0-9]*)?" + BLANKS + "$";
  }

  private static String as(RelDataType to, String sql) {
    return "CAST(" + sql + " AS " + KernelTypes.of(to) + ")";
  }

  /** The first group; of another text an empty one, which is no number. */
  private static String extract(String text, String pattern) {
    return "regexp_extract(" + text + ", " + quoted(pattern) + ", 1)";
  }

  private static String matches(String text, String pattern) {
    return "regexp_matches(" + text + ", " + quoted(pattern) + ")";
  }

  /** Fails for every text; not by {@code error()}, which the kernel does not optimise. */
  private static String unread(String text, RelDataType to) {
    return as(to, "'text that Flink may read' || left(" + text + ", 0)");
  }

  private static String quoted(String pattern) {
    return SqlText.string(pattern);
  }
}
