package io.orochi.gateway.plan.function;

import io.orochi.gateway.plan.function.SharedPattern.Group;
import java.util.ArrayList;
import java.util.List;

/** Reads a pattern from left to right and writes it for the kernel; used once. */
final class PatternReader {
  private static final int MOST_REPEATS = 100;
  private static final int MOST_DIGITS = 3;
  private static final String BLANKS = "\\x09-\\x0d\\x20";
  private static final String WORD = "0-9A-Za-z_";

  private final String pattern;
  private final StringBuilder kernels = new StringBuilder();
  private List<Group> groups = new ArrayList<>();
  private boolean asksForTheEnd;
  private boolean hasCounts;
  private int next;

  PatternReader(String pattern) {
    this.pattern = pattern;
  }

  /** Thrown at what the engines do not share. */
  static final class NotShared extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotShared() {
      super(null, null, false, false);
    }
  }

  String written() {
    return kernels.toString();
  }

  boolean asksForTheEnd() {
    return asksForTheEnd;
  }

  List<Group> groups() {
    return groups;
  }

  /** The least number of characters of a match. */
  int readAll() {
    int least = alternatives();
    if (next < pattern.length()) {
      throw new NotShared();
    }
    return least;
  }

  private int alternatives() {
    int least = sequence();
    while (accept('|')) {
      kernels.append('|');
      least = Math.min(least, sequence());
    }
    return least;
  }

  private int sequence() {
    int least = 0;
    int from = next;
    while (next < pattern.length() && pattern.charAt(next) != '|' && pattern.charAt(next) != ')') {
      least += quantified();
    }
    if (from == next) {
      throw new NotShared();
    }
    return least;
  }

  private int quantified() {
    int groupsBefore = groups.size();
    boolean countsBefore = hasCounts;
    hasCounts = false;
    int least = atom();
    boolean countsWithin = hasCounts;
    hasCounts |= countsBefore;
    if (next == pattern.length() || "*+?{".indexOf(pattern.charAt(next)) < 0) {
      return least;
    }
    if (least == 0) {
      throw new NotShared();
    }
    int times = quantifier(countsWithin);
    groups = SharedPattern.marked(groups, groupsBefore);
    return least * times;
  }

  /** The least number of repeats. */
  private int quantifier(boolean countsWithin) {
    char sign = pattern.charAt(next++);
    int times = sign == '+' ? 1 : 0;
    kernels.append(sign);
    if (sign == '{') {
      if (countsWithin) {
        throw new NotShared();
      }
      times = counts();
    }
    if (accept('?')) {
      kernels.append('?');
    }
    if (next < pattern.length() && "*+?{".indexOf(pattern.charAt(next)) >= 0) {
      throw new NotShared();
    }
    return times;
  }

  private int counts() {
    hasCounts = true;
    int least = number();
    int most = least;
    kernels.append(least);
    if (accept(',')) {
      kernels.append(',');
      if (next < pattern.length() && pattern.charAt(next) != '}') {
        most = number();
        kernels.append(most);
      } else {
        most = MOST_REPEATS;
      }
    }
    if (!accept('}') || most == 0 || most < least || most > MOST_REPEATS) {
      throw new NotShared();
    }
    kernels.append('}');
    return least;
  }

  private int number() {
    int from = next;
    while (next < pattern.length() && isDigit(pattern.charAt(next))) {
      next++;
    }
    if (from == next || next - from > MOST_DIGITS) {
      throw new NotShared();
    }
    return Integer.parseInt(pattern.substring(from, next));
  }

  private int atom() {
    char sign = pattern.charAt(next++);
    switch (sign) {
      case '(':
        return group();
      case '[':
        characters();
        return 1;
      case '.':
        kernels.append("[^\\n\\r]");
        return 1;
      case '^':
        kernels.append("\\A");
        return 0;
      case '$':
        asksForTheEnd = true;
        kernels.append("\\z");
        return 0;
      case '\\':
        return escaped();
      case '*', '+', '?', '{', '}', ']', ')', '|':
        throw new NotShared();
      default:
        literal(sign);
        return 1;
    }
  }

  private int group() {
    int index = -1;
    if (accept('?')) {
      if (!accept(':')) {
        throw new NotShared();
      }
      kernels.append("(?:");
    } else {
      kernels.append('(');
      index = groups.size();
      groups.add(new Group(false, false));
    }
    int least = alternatives();
    if (!accept(')')) {
      throw new NotShared();
    }
    kernels.append(')');
    if (index >= 0) {
      groups.set(index, new Group(least == 0, false));
    }
    return least;
  }

  private int escaped() {
    char sign = take();
    if (sign == 'b') {
      kernels.append("\\b");
      return 0;
    }
    String set = set(Character.toLowerCase(sign));
    if (set != null) {
      kernels.append(Character.isUpperCase(sign) ? "[^" : "[").append(set).append(']');
    } else {
      literal(unescaped(sign));
    }
    return 1;
  }

  /** Null if the letter stands for none. */
  private static String set(char letter) {
    return switch (letter) {
      case 'd' -> "0-9";
      case 'w' -> WORD;
      case 's' -> BLANKS;
      default -> null;
    };
  }

  private static char unescaped(char sign) {
    return switch (sign) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'f' -> '\f';
      default -> {
        if (sign <= ' ' || sign > '~' || Character.isLetterOrDigit(sign)) {
          throw new NotShared();
        }
        yield sign;
      }
    };
  }

  private void characters() {
    kernels.append(accept('^') ? "[^" : "[");
    boolean first = true;
    while (first || pattern.charAt(next) != ']') {
      member(first);
      first = false;
      if (next == pattern.length()) {
        throw new NotShared();
      }
    }
    next++;
    kernels.append(']');
  }

  private void member(boolean first) {
    char sign = take();
    if (sign == '\\' && next < pattern.length() && set(pattern.charAt(next)) != null) {
      kernels.append(set(pattern.charAt(next++)));
      return;
    }
    if (sign == '-' && !first && !isAt(']')) {
      throw new NotShared();
    }
    char from = sign == '\\' ? unescaped(take()) : plainMember(sign);
    literal(from);
    if (isAt('-') && next + 1 < pattern.length() && pattern.charAt(next + 1) != ']') {
      next++;
      char end = take();
      char to = end == '\\' ? unescaped(take()) : plainMember(end);
      if (to < from || from == '-' || end == '-') {
        throw new NotShared();
      }
      kernels.append('-');
      literal(to);
    }
  }

  private static char plainMember(char sign) {
    if ("[]&^".indexOf(sign) >= 0) {
      throw new NotShared();
    }
    return sign;
  }

  private void literal(char sign) {
    boolean breaks = sign == '\t' || sign == '\n' || sign == '\r' || sign == '\f';
    if (!breaks && (sign < ' ' || sign > '~')) {
      throw new NotShared();
    }
    if (Character.isLetterOrDigit(sign)) {
      kernels.append(sign);
    } else {
      kernels.append("\\x").append(String.format("%02x", (int) sign));
    }
  }

  private static boolean isDigit(char sign) {
    return sign >= '0' && sign <= '9';
  }

  private boolean isAt(char sign) {
    return next < pattern.length() && pattern.charAt(next) == sign;
  }

  private boolean accept(char sign) {
    boolean isThere = isAt(sign);
    next += isThere ? 1 : 0;
    return isThere;
  }

  private char take() {
    if (next == pattern.length()) {
      throw new NotShared();
    }
    return pattern.charAt(next++);
  }
}
