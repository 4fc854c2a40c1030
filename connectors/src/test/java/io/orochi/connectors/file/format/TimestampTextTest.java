package io.orochi.connectors.file.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTextTest {
  @ParameterizedTest
  @CsvSource({
    "2014-04-01 00:05:00, 2014-04-01T00:05:00Z",
    "2014-04-01T00:05, 2014-04-01T00:05:00Z",
    "2014-04-01, 2014-04-01T00:00:00Z",
    "2014-04-01 00:05:00.123456789, 2014-04-01T00:05:00.123456789Z",
    "'2014-04-01 00:05:00,5', 2014-04-01T00:05:00.5Z",
    "2014-04-01T00:05:00Z, 2014-04-01T00:05:00Z",
    "2014-04-01T02:05:00+02:00, 2014-04-01T00:05:00Z",
    "2014-03-31 18:35:00 -05:30, 2014-04-01T00:05:00Z",
    "1969-12-31 23:59:59.999999, 1969-12-31T23:59:59.999999Z",
    "1396310700, 2014-04-01T00:05:00Z",
    "1396310700123, 2014-04-01T00:05:00.123Z",
    "1396310700123456, 2014-04-01T00:05:00.123456Z",
    "1396310700123456789, 2014-04-01T00:05:00.123456789Z"
  })
  void readsWhatFilesHold(String text, Instant expected) {
    assertThat(TimestampText.parse(text).toInstant()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2014-4-1",
        "2014-04-31",
        "2014-04-01 25:00",
        "2014-04-01 00:05:00 CET",
        "2014-04-01 00:05:00.",
        "2014-04-01x00:05",
        "20140401T",
        "-"
      })
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> TimestampText.parse(text)).isInstanceOf(RuntimeException.class);
  }
}
