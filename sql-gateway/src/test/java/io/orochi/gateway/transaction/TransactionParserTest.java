package io.orochi.gateway.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionParserTest {
  @ParameterizedTest
  @CsvSource({
    "BEGIN, SNAPSHOT",
    "begin work;, SNAPSHOT",
    "BEGIN TRANSACTION, SNAPSHOT",
    "START TRANSACTION, SNAPSHOT",
    "/* a */ BEGIN -- b, SNAPSHOT",
    "BEGIN ISOLATION LEVEL SERIALIZABLE, SERIALIZABLE",
    "BEGIN WORK isolation level read committed ;, READ_COMMITTED",
    "START TRANSACTION ISOLATION LEVEL REPEATABLE READ, SNAPSHOT"
  })
  void aBeginningHasALevel(String sql, String level) {
    assertThat(TransactionParser.parse(sql))
        .hasValueSatisfying(
            command ->
                assertThat(((TransactionCommand.Begin) command).isolation().name())
                    .isEqualTo(level));
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMMIT", "commit work", "COMMIT TRANSACTION;"})
  void aCommitIsRead(String sql) {
    assertThat(TransactionParser.parse(sql)).hasValue(new TransactionCommand.Commit());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ROLLBACK", "rollback work ; "})
  void aRollbackIsRead(String sql) {
    assertThat(TransactionParser.parse(sql)).hasValue(new TransactionCommand.Rollback());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-- nothing",
        "BEGIN STATEMENT SET",
        "SELECT 'BEGIN'",
        "START",
        "END",
        "INSERT INTO t SELECT * FROM `COMMIT`",
        "beginning",
        "\"BEGIN\""
      })
  void anythingElseIsFlinks(String sql) {
    assertThat(TransactionParser.parse(sql)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "BEGIN SLOWLY, Cannot read SLOWLY",
    "BEGIN ISOLATION LEVEL, Cannot read ISOLATION",
    "BEGIN ISOLATION LEVEL CHAOS, Cannot read CHAOS",
    "COMMIT NOW, Cannot read NOW",
    "SAVEPOINT s, Cannot set or use savepoints",
    "ROLLBACK TO SAVEPOINT s, Cannot set or use savepoints",
    "RELEASE SAVEPOINT s, Cannot set or use savepoints"
  })
  void aMistakeIsNamed(String sql, String message) {
    assertThatThrownBy(() -> TransactionParser.parse(sql)).hasMessageContaining(message);
  }
}
