package io.orochi.catalog.settings;

import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.TimeZone;

/**
 * Flink's setting of a session's time zone. Flink takes any text and then refuses every query of
 * the session.
 */
final class SessionZone {
  static final String KEY = "table.local-time-zone";

  private static final String MACHINES_OWN = "default";

  private SessionZone() {}

  /**
   * @throws OrochiException INVALID_SETTING_VALUE for what Flink would refuse later
   */
  static void validate(String value) {
    if (value.equals(MACHINES_OWN)
        || TimeZone.getTimeZone(value).toZoneId().getId().equals(value)) {
      return;
    }
    Optional<String> nearest = NearestName.of(value, ZoneId.getAvailableZoneIds());
    throw OrochiException.of(
            OrochiErrorCode.INVALID_SETTING_VALUE, "Invalid value for " + KEY + ": '" + value + "'")
        .withDetail("Expected a time zone such as Europe/Berlin, GMT+03:00 or UTC.")
        .withHint(
            nearest
                .map(zone -> "Did you mean " + zone + "?")
                .orElse("Zones are named as in the IANA time zone database."));
  }
}
