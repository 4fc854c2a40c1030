package io.orochi.catalog.flink.procedure;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.IntervalText;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Reads arguments of procedures. */
public final class Arguments {
  private Arguments() {}

  public static String require(String name, String value) {
    if (value == null || value.isBlank()) {
      throw OrochiException.of(OrochiErrorCode.INVALID_ARGUMENT, "Missing argument: " + name);
    }
    return value.strip();
  }

  /** A point in time, or one that lies an interval before now. */
  public static Instant timeOrAge(String name, String text, Clock clock) {
    if (!text.strip().isEmpty() && text.strip().matches("\\d{4}-.*")) {
      return instant(name, text);
    }
    IntervalText age = IntervalText.parse(text);
    return clock
        .instant()
        .atZone(ZoneOffset.UTC)
        .minusMonths(age.months())
        .minusSeconds(age.seconds())
        .toInstant();
  }

  /** A point in time: {@code 2026-11-21}, {@code 2026-11-21 10:00:00} or with a zone; UTC else. */
  private static Instant instant(String name, String text) {
    String iso = text.strip().replace(' ', 'T');
    try {
      if (iso.length() == 10) {
        return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return iso.endsWith("Z")
          ? Instant.parse(iso)
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, "Invalid value for " + name + ": '" + text + "'")
          .withHint("Write a time such as '2026-11-21 10:00:00' (UTC) or an age such as '7 d'.")
          .causedBy(e);
    }
  }
}
