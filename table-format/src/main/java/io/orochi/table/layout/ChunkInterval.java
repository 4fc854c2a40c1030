package io.orochi.table.layout;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

/**
 * The length of a chunk: {@code count} × {@code unit}, aligned to 1970-01-01T00:00Z. The unit is
 * also the Iceberg time transform of the table, so that a chunk is a whole number of partitions.
 *
 * <p>One length has one value: 24 hours are held as 1 day, 12 months as 1 year, a week as 7 days.
 */
public record ChunkInterval(int count, Unit unit) {
  /** No chunk is longer than this. */
  public static final int MAX_YEARS = 100;

  /** What a hypertable gets that names no interval. */
  public static final ChunkInterval DEFAULT = new ChunkInterval(1, Unit.DAY);

  /**
   * What suits data of a known length: the default up to 180 days, months up to 30 years, then
   * years. Every chunk costs at least a file, so a small set cut into many chunks is slow to load
   * and to read.
   */
  public static ChunkInterval suitedTo(Duration span) {
    if (span.toDays() <= 180) {
      return DEFAULT;
    }
    return new ChunkInterval(1, span.toDays() <= 30 * 365 ? Unit.MONTH : Unit.YEAR);
  }

  /** The Iceberg time transforms. */
  public enum Unit {
    HOUR("h", ChronoUnit.HOURS, "uuuu-MM-dd'T'HH"),
    DAY("d", ChronoUnit.DAYS, "uuuu-MM-dd"),
    MONTH("month", ChronoUnit.MONTHS, "uuuu-MM"),
    YEAR("year", ChronoUnit.YEARS, "uuuu");

    private final String symbol;
    private final ChronoUnit chronoUnit;
    private final DateTimeFormatter name;

    Unit(String symbol, ChronoUnit chronoUnit, String pattern) {
      this.symbol = symbol;
      this.chronoUnit = chronoUnit;
      this.name = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    int perLarger() {
      return switch (this) {
        case HOUR -> 24;
        case MONTH -> 12;
        case DAY, YEAR -> 0;
      };
    }

    private long maximum() {
      return MAX_YEARS
          * switch (this) {
            case HOUR -> 366 * 24L;
            case DAY -> 366L;
            case MONTH -> 12L;
            case YEAR -> 1L;
          };
    }
  }

  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  public ChunkInterval {
    Objects.requireNonNull(unit);
    if (count < 1 || count > unit.maximum()) {
      throw invalid(count + " " + unit.symbol);
    }
    int perLarger = unit.perLarger();
    if (perLarger > 0 && count % perLarger == 0) {
      count = count / perLarger;
      unit = unit == Unit.HOUR ? Unit.DAY : Unit.YEAR;
    }
  }

  /**
   * Reads {@code '1 d'}, {@code '6 hours'}, {@code '1 month'}, {@code 'P7D'} …; {@code 24 h} is
   * {@code 1 d}.
   *
   * @throws OrochiException INVALID_CHUNK_INTERVAL if it is not a positive multiple of an hour, or
   *     of a month
   */
  public static ChunkInterval parse(String text) {
    IntervalText interval = IntervalText.tryParse(text).orElseThrow(() -> invalid(text));
    boolean inMonths = interval.months() != 0;
    if (interval.seconds() % 3_600 != 0) {
      throw invalid(text);
    }
    long count = inMonths ? interval.months() : interval.seconds() / 3_600;
    Unit unit = inMonths ? Unit.MONTH : Unit.HOUR;
    if (count < 1 || count > unit.maximum()) {
      throw invalid(text);
    }
    return new ChunkInterval((int) count, unit);
  }

  /** The chunk that holds {@code t}. */
  public Chunk chunkOf(Instant t) {
    LocalDateTime time = LocalDateTime.ofInstant(t, ZoneOffset.UTC);
    long index = Math.floorDiv(unitsSinceEpoch(time), (long) count);
    Instant start = startOf(index);
    return new Chunk(unit.name.format(start), start, startOf(index + 1));
  }

  /** A text that {@link #parse} reads back to the same value. */
  @Override
  public String toString() {
    return count + " " + unit.symbol;
  }

  private long unitsSinceEpoch(LocalDateTime time) {
    return switch (unit) {
      case HOUR -> Math.floorDiv(time.toEpochSecond(ZoneOffset.UTC), 3_600L);
      case DAY -> time.toLocalDate().toEpochDay();
      case MONTH -> (time.getYear() - 1970) * 12L + time.getMonthValue() - 1;
      case YEAR -> time.getYear() - 1970L;
    };
  }

  private Instant startOf(long index) {
    return EPOCH.plus(index * count, unit.chronoUnit).toInstant(ZoneOffset.UTC);
  }

  private static OrochiException invalid(String text) {
    return OrochiException.of(
            OrochiErrorCode.INVALID_CHUNK_INTERVAL, "Invalid chunk interval: " + text)
        .withDetail(
            "A chunk interval is a positive multiple of an hour or of a month, up to "
                + MAX_YEARS
                + " years.")
        .withHint("Write for example '1 h', '6 hours', '1 d', '1 week', '1 month' or '1 year'.");
  }
}
