package io.orochi.connectors.fleet;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A simulated fleet. Everything it will ever emit is decided by this record.
 *
 * @param hosts how many hosts report
 * @param seed of all random choices
 * @param start the time of the first step
 * @param interval between two steps
 * @param steps after which it ends; 0 for never
 * @param pace whether rows wait for their time to come
 */
public record FleetConfig(
    int hosts, long seed, Instant start, Duration interval, long steps, Pace pace)
    implements Serializable {
  private static final int SPLITS = 8;
  private static final Pattern ID =
      Pattern.compile("fleet-(\\d+)-hosts-seed-(-?\\d+)-from-(\\d+)-every-(\\d+)/\\d+-of-\\d+");

  /** How fast rows come. */
  public enum Pace {
    /** No row before its own time; after a pause the missed steps follow at once. */
    CLOCK,
    /** As fast as they are taken. */
    UNLIMITED
  }

  public FleetConfig {
    Objects.requireNonNull(start);
    Objects.requireNonNull(pace);
    if (hosts < 1 || steps < 0 || interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException(hosts + " hosts every " + interval);
    }
  }

  /** The fleet that a position's split belongs to, going on for ever at the clock's pace. */
  public static java.util.Optional<FleetConfig> ofSplitId(String splitId) {
    Matcher id = ID.matcher(splitId);
    return id.matches()
        ? java.util.Optional.of(
            new FleetConfig(
                Integer.parseInt(id.group(1)),
                Long.parseLong(id.group(2)),
                Instant.ofEpochSecond(0, Long.parseLong(id.group(3)) * 1000),
                Duration.ofNanos(Long.parseLong(id.group(4)) * 1000),
                0,
                Pace.CLOCK))
        : java.util.Optional.empty();
  }

  /** Independent of parallelism, so that a job of another size continues the same splits. */
  public List<String> splitIds() {
    int splits = Math.min(SPLITS, hosts);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < splits; i++) {
      ids.add(
          "fleet-%d-hosts-seed-%d-from-%d-every-%d/%d-of-%d"
              .formatted(hosts, seed, startMicros(), intervalMicros(), i, splits));
    }
    return ids;
  }

  /** The first host of a split; the next split's first host ends it. */
  int firstHost(int split) {
    return (int) ((long) hosts * split / Math.min(SPLITS, hosts));
  }

  long startMicros() {
    return start.getEpochSecond() * 1_000_000L + start.getNano() / 1000;
  }

  long intervalMicros() {
    return interval.toNanos() / 1000;
  }
}
