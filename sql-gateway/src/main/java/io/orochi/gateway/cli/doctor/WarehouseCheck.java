package io.orochi.gateway.cli.doctor;

import io.orochi.catalog.storage.S3Options;
import io.orochi.catalog.storage.StorageProbe;
import io.orochi.gateway.config.ServerConfig;
import java.time.Clock;
import java.time.Duration;

/**
 * A warehouse on S3 must be reached, take an object, give it back and delete it, and agree on the
 * time. What the store refuses is thrown with its code.
 */
record WarehouseCheck(ServerConfig config, Clock clock) implements Check {
  /** Stores refuse requests whose time is 15 minutes off. */
  private static final Duration MOST_SKEW = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "warehouse";
  }

  @Override
  public Finding look() {
    String warehouse = config.storage().warehouse();
    if (!S3Options.isS3(warehouse)) {
      return new Finding.Fine(warehouse.isEmpty() ? "in the data folder" : warehouse);
    }
    try (StorageProbe probe = new StorageProbe(warehouse, config.storage().properties(), clock)) {
      StorageProbe.Seen seen = probe.reach();
      probe.writeReadDelete();
      Duration skew = seen.skew().orElse(Duration.ZERO);
      if (skew.compareTo(MOST_SKEW) > 0) {
        return new Finding.Trouble(
            "%s: this machine's clock differs by %d s".formatted(warehouse, skew.toSeconds()),
            "Set the clock; at 15 minutes the store refuses every request.");
      }
      return new Finding.Fine(
          "%s lists, takes, gives back and deletes objects; it answers in %d ms, its clock differs by %d s"
              .formatted(warehouse, seen.answerTime().toMillis(), skew.toSeconds()));
    }
  }
}
