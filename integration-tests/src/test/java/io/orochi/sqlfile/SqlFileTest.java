package io.orochi.sqlfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SqlFileTest {
  @Test
  void aFileIsSetupThenCases() {
    SqlFile file =
        SqlFile.parse(
            "numbers",
            """
            # integer rules
            --- setup
            CREATE TABLE t (a INT);
            INSERT INTO t VALUES (1),
              (2);

            --- query the sum is a number
            --- reason it once was a text
            --- refused by kernel
            SELECT SUM(a), 'x'
            FROM t;
            --- rows
            3 | x

            --- query a column that is not there
            SELECT b FROM t
            --- error
            OROCHI-7002
            'b'
            """);

    assertThat(file.setup())
        .containsExactly("CREATE TABLE t (a INT)", "INSERT INTO t VALUES (1),\n  (2)");
    assertThat(file.cases())
        .containsExactly(
            new SqlCase(
                "the sum is a number",
                "it once was a text",
                7,
                "SELECT SUM(a), 'x'\nFROM t",
                Set.of(SqlCase.Engine.KERNEL),
                new SqlCase.Expected.Rows(List.of(List.of("3", "x")))),
            new SqlCase(
                "a column that is not there",
                "",
                15,
                "SELECT b FROM t",
                Set.of(),
                new SqlCase.Expected.Failure(List.of("OROCHI-7002", "'b'"))));
  }

  @Test
  void expressionsBecomeOneStatement() {
    SqlFile file =
        SqlFile.parse(
            "x",
            """
            --- expressions integer division truncates
            --- from one
            7 / 2       => 3
            a => b      => (empty)
            """);

    assertThat(file.cases().get(0).statement()).isEqualTo("SELECT\n  7 / 2,\n  a => b\nFROM one");
    assertThat(file.cases().get(0).expected())
        .isEqualTo(new SqlCase.Expected.Rows(List.of(List.of("3", "(empty)"))));
  }

  @Test
  void aMistakeInAFileIsShownWithItsLine() {
    assertThatThrownBy(() -> SqlFile.parse("x", "--- expressions e\n7 / 2\n"))
        .hasMessage("x.test:3: '7 / 2' lacks ' => value'");
    assertThatThrownBy(() -> SqlFile.parse("x", "SELECT 1\n"))
        .hasMessage("x.test:1: expected '--- setup', '--- query' or '--- expressions'");
  }

  @Test
  void valuesAreWrittenAsInAFile() {
    assertThat(Answer.text(null)).isEqualTo("NULL");
    assertThat(Answer.text("")).isEqualTo("(empty)");
    assertThat(Answer.text(new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(Answer.text(LocalDateTime.of(2020, 1, 2, 3, 4))).isEqualTo("2020-01-02 03:04:00");
    assertThat(Answer.text(new byte[] {1, (byte) 0xff})).isEqualTo("x'01ff'");
    assertThat(Answer.text(List.of(1, 2))).isEqualTo("[1, 2]");
  }

  @Test
  void onlyFloatingPointMayDifferByRounding() {
    Answer answer = new Answer(List.of("DOUBLE", "DECIMAL(3, 1)"), List.of());
    assertThat(answer.cellMatches(0, "0.3", "0.30000000000000004")).isTrue();
    assertThat(answer.cellMatches(0, "0.3", "0.31")).isFalse();
    assertThat(answer.cellMatches(1, "0.3", "0.30")).isFalse();
  }

  @Test
  void everyFileOfTheCorpusCanBeRead() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/sql"))) {
      for (Path file : files.toList()) {
        assertThat(SqlFile.read(file).cases()).as(file.toString()).isNotEmpty();
      }
    }
  }
}
