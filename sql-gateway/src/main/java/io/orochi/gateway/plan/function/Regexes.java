package io.orochi.gateway.plan.function;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.functions.SqlLikeUtils;
import org.apache.flink.table.runtime.functions.SqlFunctionUtils;

/** Regular expressions; NULL where the pattern is none. */
final class Regexes {
  private Regexes() {}

  /** Null if the pattern is none. */
  private static Matcher matcher(String text, String pattern) {
    Matcher matcher =
        SqlFunctionUtils.getRegexpMatcher(
            BinaryStringData.fromString(""), BinaryStringData.fromString(pattern));
    return matcher == null ? null : matcher.reset(new BoundedText(text));
  }

  /** False where the pattern is none, or empty. */
  static Boolean matches(String text, String pattern) {
    Matcher matcher = pattern.isEmpty() ? null : matcher(text, pattern);
    return matcher != null && matcher.find();
  }

  /** Of a pattern of SIMILAR TO. */
  static Boolean similar(String text, String pattern) {
    String regex = SqlLikeUtils.sqlToRegexSimilar(pattern, null);
    return Pattern.compile(regex).matcher(new BoundedText(text)).matches();
  }

  /** Of {@code group:pattern}. */
  static String extract(String text, String rest) {
    Packed packed = Packed.numbered(rest);
    int group = (int) Long.parseLong(packed.first());
    Matcher matcher = matcher(text, packed.second());
    return matcher != null && group >= 0 && group <= matcher.groupCount() && matcher.find()
        ? matcher.group(group)
        : null;
  }

  /** Of the pattern and the replacement, in which nothing has a meaning. */
  static String replace(String text, String rest) {
    Packed packed = Packed.texts(rest);
    Matcher matcher = matcher(text, packed.first());
    return matcher == null ? null : matcher.replaceAll(Matcher.quoteReplacement(packed.second()));
  }

  static Integer count(String text, String pattern) {
    Matcher matcher = matcher(text, pattern);
    if (matcher == null) {
      return null;
    }
    int found = 0;
    while (matcher.find()) {
      found++;
    }
    return found;
  }

  /** From 1; 0 if there is none. */
  static Integer instr(String text, String pattern) {
    Matcher matcher = matcher(text, pattern);
    if (matcher == null) {
      return null;
    }
    return matcher.find() ? matcher.start() + 1 : 0;
  }
}
