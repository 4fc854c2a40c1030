package io.orochi.gateway.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Retention and chunks follow the clock, so it must be plausible and agree with the disk's. */
record ClockCheck(Clock clock, Path dataFolder) implements Check {
  /** No build of Orochi is older. */
  private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public Finding look() throws IOException {
    Instant now = clock.instant();
    String advice = "Set the clock of this machine, best with NTP.";
    if (now.isBefore(EARLIEST)) {
      return new Finding.Trouble(now + " is before this program was written", advice);
    }
    Optional<Path> version = Optional.of(dataFolder.resolve("VERSION")).filter(Files::exists);
    if (version.isPresent()) {
      Instant created = Files.getLastModifiedTime(version.get()).toInstant();
      if (created.isAfter(now.plus(TOLERANCE))) {
        return new Finding.Trouble(
            now + " is before the data folder was created, " + created, advice);
      }
    }
    return new Finding.Fine(now.toString());
  }
}
