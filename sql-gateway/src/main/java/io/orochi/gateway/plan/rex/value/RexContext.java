package io.orochi.gateway.plan.rex.value;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/**
 * What expressions mean in one statement.
 *
 * @param now the instant that CURRENT_TIMESTAMP and its kin return throughout the statement
 */
public record RexContext(ZoneId timeZone, Instant now, Subqueries subqueries, Overflow overflow) {
  public RexContext {
    Objects.requireNonNull(overflow);
    Objects.requireNonNull(timeZone);
    Objects.requireNonNull(now);
    Objects.requireNonNull(subqueries);
  }

  /** Whether local time and instants convert without gaps or overlaps. */
  public boolean hasFixedOffset() {
    return timeZone.getRules().isFixedOffset();
  }

  /** Empty for a local time that the clock skips or shows twice. */
  public Optional<Instant> instant(LocalDateTime local) {
    return timeZone.getRules().getValidOffsets(local).size() == 1
        ? Optional.of(local.atZone(timeZone).toInstant())
        : Optional.empty();
  }

  public boolean isUtc() {
    return hasFixedOffset() && timeZone.getRules().getOffset(Instant.EPOCH).equals(ZoneOffset.UTC);
  }
}
