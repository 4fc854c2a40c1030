package io.orochi.gateway.plan.scan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;

/**
 * The clock on which a timestamp is cut into days and hours: none for TIMESTAMP, the session's for
 * TIMESTAMP_LTZ. Times are microseconds, local ones since 1970-01-01 00:00.
 */
final class LocalClock {
  static final LocalClock NONE = new LocalClock(ZoneOffset.UTC);

  private static final Duration LEAST_SLACK = Duration.ofHours(3);

  private final ZoneRules rules;
  private final long slackMicros;

  LocalClock(ZoneId zone) {
    this.rules = zone.getRules();
    this.slackMicros = rules.isFixedOffset() ? 0 : slack(rules).toNanos() / 1_000;
  }

  /** How far a bound may be wrong because the clock is set back or on; zero if it never is. */
  long slackMicros() {
    return slackMicros;
  }

  /** Where the clock shows a time twice, or not at all, the result is within the slack. */
  long fromLocal(LocalDateTime local) {
    return micros(local) - 1_000_000L * rules.getOffset(local).getTotalSeconds();
  }

  LocalDateTime toLocal(long micros) {
    Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return LocalDateTime.ofInstant(instant, rules.getOffset(instant));
  }

  static long micros(LocalDateTime local) {
    return ChronoUnit.MICROS.between(LocalDate.EPOCH.atStartOfDay(), local);
  }

  private static Duration slack(ZoneRules rules) {
    return rules.getTransitions().stream()
        .map(transition -> transition.getDuration().abs())
        .reduce(LEAST_SLACK, (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }
}
