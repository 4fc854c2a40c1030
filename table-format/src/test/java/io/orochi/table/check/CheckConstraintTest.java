package io.orochi.table.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckConstraintTest {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "n", Types.IntegerType.get()),
          Types.NestedField.optional(2, "x", Types.DoubleType.get()),
          Types.NestedField.optional(3, "host", Types.StringType.get()),
          Types.NestedField.optional(4, "price", Types.DecimalType.of(10, 2)),
          Types.NestedField.optional(5, "d", Types.DateType.get()),
          Types.NestedField.optional(6, "ts", Types.TimestampType.withoutZone()),
          Types.NestedField.optional(7, "at", Types.TimestampType.withZone()),
          Types.NestedField.optional(8, "ok", Types.BooleanType.get()),
          Types.NestedField.optional(
              9, "tags", Types.ListType.ofOptional(10, Types.StringType.get())),
          Types.NestedField.optional(11, "missing", Types.StringType.get()));

  private static final List<Object> ROW =
      java.util.Arrays.asList(
          BigDecimal.valueOf(7),
          0.5,
          "web-1",
          new BigDecimal("12.50"),
          LocalDate.of(2024, 5, 1),
          LocalDateTime.of(2024, 5, 1, 12, 0),
          Instant.parse("2024-05-01T12:00:00Z"),
          true,
          List.of("a"),
          null);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "n > 6|true",
        "n > 7|false",
        "n >= 7 AND n <> 8|true",
        "n BETWEEN 1 AND 6|false",
        "n NOT BETWEEN 1 AND 6|true",
        "n IN (1, 7)|true",
        "n NOT IN (1, 7)|false",
        "n IN (1, NULL)|true",
        "n NOT IN (7, NULL)|false",
        "n % 2 = 1|true",
        "n + 1 = 2 * 4|true",
        "-n = -7|true",
        "n - 1 - 1 = 5|true",
        "1 + n * 2 = 15|true",
        "(1 + n) * 2 = 16|true",
        "x / 2 = 0.25|true",
        "n = 7.0|true",
        "x >= 0 AND x <= 1e0|true",
        "x > 1 OR n = 7|true",
        "NOT x > 1|true",
        "host LIKE 'web-%'|true",
        "host LIKE 'web__'|true",
        "host LIKE 'web_'|false",
        "host NOT LIKE '%db%'|true",
        "UPPER(host) = 'WEB-1'|true",
        "CHAR_LENGTH(host) = 5|true",
        "\"host || '!' = 'web-1!'\"|true",
        "\"TRIM('  a ') || host = 'aweb-1'\"|true",
        "price * 2 = 25|true",
        "ABS(price - 20) = 7.5|true",
        "d >= DATE '2024-05-01'|true",
        "d < DATE '2024-05-01'|false",
        "ts = TIMESTAMP '2024-05-01 12:00:00'|true",
        "at > TIMESTAMP '2024-05-01 13:00:00+02:00'|true",
        "at < TIMESTAMP '2024-05-01 12:00:00Z'|false",
        "ok|true",
        "NOT ok|false",
        "ok IS TRUE|true",
        "ok = FALSE|false",
        "tags IS NOT NULL|true",
        "missing IS NULL|true",
        "missing IS NOT NULL|false",
        "missing = 'a'|true",
        "missing <> 'a' AND n = 8|false",
        "missing = 'a' AND n = 7|true",
        "(missing = 'a') IS NOT TRUE|true",
        "COALESCE(missing, 'z') = 'z'|true",
        "`n` = 7|true",
      })
  void allowsWhatIsNotFalse(String condition, boolean allowed) {
    assertThat(CheckConstraint.parse("c", condition, SCHEMA).allows(ROW::get)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "m > 6|There is no column \"m\"",
        "n >|Where it ends, a column or a value is needed",
        "n > 6 n|an operator is needed",
        "n|A condition is needed, this is a whole number",
        "n AND ok|A condition is needed",
        "1 = 1|It names no column",
        "host > 1|Cannot compare a STRING with a whole number",
        "at > TIMESTAMP '2024-05-01 12:00:00'|TIMESTAMP '2024-01-01 00:00:00Z'",
        "n / 2 = 1|cannot be divided",
        "RAND() < x|Function RAND cannot be used",
        "lowr(host) = 'a'|Did you mean LOWER?",
        "tags = 'a'|of which only IS NULL can be asked",
        "host = 'a|A quote is not closed",
        "n ; 1|has no meaning here",
        "d = DATE '2024-13-01'|is not a DATE",
        "n > (SELECT MAX(n) FROM t)|There is no column \"SELECT\"",
        "host LIKE upper('a')|a pattern in quotes is needed",
        "n NOT 7|BETWEEN, IN or LIKE is needed",
        "n IS 7|NULL, TRUE or FALSE is needed",
      })
  void refusesWhatCannotBeEnforced(String condition, String reason) {
    assertThatThrownBy(() -> CheckConstraint.parse("limits", condition, SCHEMA))
        .isInstanceOfSatisfying(
            OrochiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(OrochiErrorCode.CONSTRAINT_INVALID);
              assertThat(e.detail()).contains(reason.replace("\"\"", "\""));
            })
        .hasMessageContaining("Invalid CHECK limits: ");
  }

  @Test
  void aConditionNestedTooDeeplyIsRefused() {
    String deep = "(".repeat(100_000) + "ok" + ")".repeat(100_000);
    assertThatThrownBy(() -> CheckConstraint.parse("deep", deep, SCHEMA))
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void notANumberIsNotInAnyRange() {
    CheckConstraint range = CheckConstraint.parse("range", "x BETWEEN 0 AND 1", SCHEMA);
    assertThat(range.allows(column -> column == 1 ? Double.NaN : null)).isFalse();
    assertThat(range.allows(column -> null)).isTrue();
  }

  @Test
  void aConstraintFollowsARenamedColumn() {
    assertThat(
            Checks.renamed(
                Map.of("orochi.check.a", "host <> 'host' AND n > 1", "orochi.check.b", "n > 1"),
                "host",
                "node"))
        .containsExactly(Map.entry("orochi.check.a", "`node` <> 'host' AND n > 1"));
  }
}
