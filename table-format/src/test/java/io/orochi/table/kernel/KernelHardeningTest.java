package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelHardeningTest {
  @TempDir Path folder;
  private TestingKernel kernel;
  private KernelSession session;

  @BeforeEach
  void open() {
    kernel = TestingKernel.over(folder);
    session = kernel.kernel().openSession();
  }

  @AfterEach
  void close() {
    session.close();
    kernel.close();
  }

  private OrochiErrorCode codeOf(String sql) {
    try {
      TestingKernel.rows(session, sql);
      throw new AssertionError("no failure: " + sql);
    } catch (OrochiException e) {
      return e.code();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "COPY (SELECT 1) TO '/etc/orochi-was-here.csv'",
        "COPY (SELECT 1) TO '/var/orochi-was-here.csv'",
        "ATTACH '/var/orochi-was-here.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM read_parquet('https://example.com/x.parquet')",
        "EXPORT DATABASE '/var/orochi-was-here'"
      })
  void nothingOutsideTheAllowedFoldersIsReached(String sql) {
    assertThatThrownBy(() -> TestingKernel.rows(session, sql))
        .isInstanceOf(OrochiException.class)
        .hasMessageContaining("OROCHI-");
  }

  @Test
  void anAllowedFoldersNeighbourWithTheSamePrefixIsNotReached() {
    assertThatThrownBy(
            () ->
                TestingKernel.rows(
                    session, "SELECT * FROM read_text('" + folder + "-other/secret.txt')"))
        .hasMessageContaining("disabled by configuration");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET memory_limit = '100GB'",
        "SET threads = 64",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET allowed_configs = ['memory_limit']",
        "SET lock_configuration = false",
        "RESET lock_configuration",
        "SET temp_directory = '/etc'",
        "PRAGMA memory_limit = '100GB'"
      })
  void theSettingsAreLocked(String sql) {
    assertThatThrownBy(() -> TestingKernel.rows(session, sql))
        .isInstanceOf(OrochiException.class)
        .hasMessageContaining("OROCHI-");
  }

  @Test
  void aSessionHasItsOwnTimeZone() {
    session.setTimeZone(ZoneId.of("Europe/Berlin"));
    String sql = "SELECT hour(TIMESTAMPTZ '2024-07-01 00:00:00+00'), current_setting('TimeZone')";
    assertThat(TestingKernel.rows(session, sql)).containsExactly("{2|Europe/Berlin}");
    try (KernelSession other = kernel.kernel().openSession()) {
      assertThat(TestingKernel.rows(other, sql)).containsExactly("{0|UTC}");
    }
  }

  @Test
  void relationsOfASessionAreItsOwn() {
    String name =
        session.register(
            new org.apache.iceberg.Schema(
                org.apache.iceberg.types.Types.NestedField.optional(
                    1, "a b", org.apache.iceberg.types.Types.IntegerType.get())),
            java.util.List.of(new Object[] {1}, new Object[] {null}));
    assertThat(TestingKernel.rows(session, "SELECT \"a b\" FROM " + name))
        .containsExactly("{1}", "{null}");
    try (KernelSession other = kernel.kernel().openSession()) {
      assertThatThrownBy(() -> TestingKernel.rows(other, "SELECT * FROM " + name))
          .hasMessageContaining("does not exist");
    }
  }

  @Test
  void wholeNumbersDivideToWholeNumbers() {
    assertThat(TestingKernel.rows(session, "SELECT 7 / 2")).containsExactly("{3}");
  }

  @Test
  void parametersAreBoundInOrder() {
    assertThat(TestingKernel.rows(session, "SELECT ? || '-' || ?, ?::INT", "a", "b", 3))
        .containsExactly("{a-b|3}");
  }

  @Test
  void arithmeticFailuresAreCoded() {
    assertThat(codeOf("SELECT 9223372036854775807 + i FROM range(1, 3) t(i)"))
        .isEqualTo(OrochiErrorCode.NUMERIC_OUT_OF_RANGE);
    assertThat(codeOf("SELECT ('x' || i)::INT FROM range(3) t(i)"))
        .isEqualTo(OrochiErrorCode.VALUE_NOT_CONVERTIBLE);
    assertThat(codeOf("SELECT nothing FROM range(3)")).isEqualTo(OrochiErrorCode.KERNEL_FAILED);
  }

  @Test
  void aFailureInTheMiddleOfTheRowsIsCodedToo() {
    assertThat(
            codeOf(
                "SELECT CASE WHEN i > 900000 THEN ('x' || i)::INT ELSE 1 END"
                    + " FROM range(1000000) t(i)"))
        .isEqualTo(OrochiErrorCode.VALUE_NOT_CONVERTIBLE);
  }

  @Test
  void aSessionGoesOnAfterAFailure() {
    codeOf("SELECT nothing");
    assertThat(TestingKernel.rows(session, "SELECT 1")).containsExactly("{1}");
  }
}
