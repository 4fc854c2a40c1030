package io.orochi.table.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.layout.ChunkInterval.Unit;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkIntervalTest {
  @Example
  void longDataGetsLongChunks() {
    assertThat(ChunkInterval.suitedTo(Duration.ZERO)).hasToString("1 d");
    assertThat(ChunkInterval.suitedTo(Duration.ofDays(180))).hasToString("1 d");
    assertThat(ChunkInterval.suitedTo(Duration.ofDays(181))).hasToString("1 month");
    assertThat(ChunkInterval.suitedTo(Duration.ofDays(20_000))).hasToString("1 year");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "1 d, 1, DAY",
        "1d, 1, DAY",
        "6 hours, 6, HOUR",
        "24 h, 1, DAY",
        "25 h, 25, HOUR",
        "120 minutes, 2, HOUR",
        "1 week, 7, DAY",
        "2 weeks, 14, DAY",
        "1 month, 1, MONTH",
        "3 mons, 3, MONTH",
        "24 months, 2, YEAR",
        "2 years, 2, YEAR",
        "P1D, 1, DAY",
        "PT6H, 6, HOUR",
        "P1W, 7, DAY",
        "P1M, 1, MONTH",
        "P1Y6M, 18, MONTH",
        "INTERVAL '7' DAY, 7, DAY",
        "interval '1 month', 1, MONTH",
      })
  void readsEverySpelling(String text, int count, Unit unit) {
    assertThat(ChunkInterval.parse(text)).isEqualTo(new ChunkInterval(count, unit));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 d",
        "-1 d",
        "90 minutes",
        "1 second",
        "1",
        "day",
        "",
        "1 fortnight",
        "P1M1D",
        "101 years",
        "999999999 years",
        "1.5 h",
        "PT0.5S",
        "P-1D"
      })
  void refusesWhatIsNotAMultipleOfAnHourOrAMonth(String text) {
    assertThatThrownBy(() -> ChunkInterval.parse(text))
        .hasMessage(
            "OROCHI-1003: Invalid chunk interval: "
                + text
                + "\nDETAIL: A chunk interval is a positive multiple of an hour or of a month, up to"
                + " 100 years.\nHINT: Write for example '1 h', '6 hours', '1 d', '1 week', '1 month'"
                + " or '1 year'.");
  }

  @ParameterizedTest
  @CsvSource({
    "1 d, 2026-11-21T13:14:15Z, 2026-11-21, 2026-11-21T00:00:00Z, 2026-11-22T00:00:00Z",
    "6 h, 2026-11-21T13:14:15Z, 2026-11-21T12, 2026-11-21T12:00:00Z, 2026-11-21T18:00:00Z",
    "7 d, 1970-01-08T00:00:00Z, 1970-01-08, 1970-01-08T00:00:00Z, 1970-01-15T00:00:00Z",
    "1 month, 2024-02-29T23:59:59Z, 2024-02, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
    "2 years, 1969-12-31T23:59:59Z, 1968, 1968-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
  })
  void cutsAlignedChunks(String interval, Instant time, String name, Instant start, Instant end) {
    assertThat(ChunkInterval.parse(interval).chunkOf(time)).isEqualTo(new Chunk(name, start, end));
  }

  @Property
  void textOfAnIntervalReadsBackToIt(@ForAll("intervals") ChunkInterval interval) {
    assertThat(ChunkInterval.parse(interval.toString())).isEqualTo(interval);
  }

  @Property
  void everyTimeLiesInItsChunk(
      @ForAll("intervals") ChunkInterval interval, @ForAll("times") Instant time) {
    assertThat(interval.chunkOf(time).contains(time)).isTrue();
  }

  @Property
  void chunksTouchWithoutGapOrOverlap(
      @ForAll("intervals") ChunkInterval interval, @ForAll("times") Instant time) {
    Chunk chunk = interval.chunkOf(time);
    assertThat(interval.chunkOf(chunk.start())).isEqualTo(chunk);
    assertThat(interval.chunkOf(chunk.end()).start()).isEqualTo(chunk.end());
    assertThat(interval.chunkOf(chunk.start().minusNanos(1)).end()).isEqualTo(chunk.start());
  }

  @Provide
  Arbitrary<ChunkInterval> intervals() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 100), Arbitraries.of(Unit.values()))
        .as(ChunkInterval::new);
  }

  @Provide
  Arbitrary<Instant> times() {
    return Arbitraries.longs()
        .between(Long.MIN_VALUE / 1_000_000, Long.MAX_VALUE / 1_000_000)
        .map(Instant::ofEpochSecond);
  }
}
