package io.orochi.connectors.file.format;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.flink.table.data.TimestampData;

/**
 * Reads {@code 2026-01-31[ T]12:34[:56[.123456789]][Z|±hh[:mm]]}, {@code 2026-01-31}, and a number
 * since 1970 in seconds, milliseconds, microseconds or nanoseconds, told apart by its size. A time
 * without zone is UTC.
 */
final class TimestampText {
  private final String text;
  private int at;

  private TimestampText(String text) {
    this.text = text;
  }

  static TimestampData parse(String text) {
    String trimmed = text.trim();
    return isNumber(trimmed)
        ? sinceEpoch(Long.parseLong(trimmed))
        : new TimestampText(trimmed).dateTime();
  }

  private static boolean isNumber(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > start + 4;
  }

  /** A magnitude is read as the unit that puts it between 1970 and some thousands of years on. */
  static TimestampData sinceEpoch(long number) {
    long magnitude = Math.abs(number);
    if (magnitude < 100_000_000_000L) {
      return TimestampData.fromEpochMillis(Math.multiplyExact(number, 1000L));
    }
    if (magnitude < 100_000_000_000_000L) {
      return TimestampData.fromEpochMillis(number);
    }
    return magnitude < 100_000_000_000_000_000L ? ofMicros(number) : ofNanos(number);
  }

  static TimestampData ofMicros(long micros) {
    return TimestampData.fromEpochMillis(
        Math.floorDiv(micros, 1000L), (int) Math.floorMod(micros, 1000L) * 1000);
  }

  private static TimestampData ofNanos(long nanos) {
    return TimestampData.fromEpochMillis(
        Math.floorDiv(nanos, 1_000_000L), (int) Math.floorMod(nanos, 1_000_000L));
  }

  private TimestampData dateTime() {
    int year = digits(4);
    expect('-');
    int month = digits(2);
    expect('-');
    int day = digits(2);
    long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400L;
    int nanos = 0;
    if (at < text.length()) {
      if (text.charAt(at) != ' ' && text.charAt(at) != 'T') {
        throw new IllegalArgumentException(text);
      }
      at++;
      seconds += bounded(digits(2), 23) * 3600L;
      expect(':');
      seconds += bounded(digits(2), 59) * 60L;
      if (skip(':')) {
        seconds += bounded(digits(2), 59);
        if (skip('.') || skip(',')) {
          nanos = fraction();
        }
      }
      seconds -= offsetSeconds();
    }
    if (at != text.length()) {
      throw new IllegalArgumentException(text);
    }
    return TimestampData.fromEpochMillis(
        Math.addExact(Math.multiplyExact(seconds, 1000L), nanos / 1_000_000), nanos % 1_000_000);
  }

  private int fraction() {
    int nanos = 0;
    int start = at;
    for (int digit = 100_000_000; at < text.length() && isDigit(text.charAt(at)); at++) {
      nanos += (text.charAt(at) - '0') * digit;
      digit /= 10;
    }
    if (at == start) {
      throw new IllegalArgumentException(text);
    }
    return nanos;
  }

  private long offsetSeconds() {
    skip(' ');
    if (at == text.length() || skip('Z')) {
      return 0;
    }
    return ZoneOffset.of(text.substring(at, at = text.length())).getTotalSeconds();
  }

  private int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      char c = at < text.length() ? text.charAt(at++) : ' ';
      if (!isDigit(c)) {
        throw new IllegalArgumentException(text);
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  private int bounded(int value, int most) {
    if (value > most) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw new IllegalArgumentException(text);
    }
  }

  private boolean skip(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }
}
