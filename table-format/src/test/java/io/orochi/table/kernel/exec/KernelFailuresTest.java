package io.orochi.table.kernel.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class KernelFailuresTest {
  private static final String STATEMENT =
      "\n\nLINE 1: ...0001.parquet'], hive_partitioning = false)) WHERE (a > b)\n          ^^^";

  @Test
  void aFileInTheStatementIsNotADamagedOne() {
    KernelFailures failures = new KernelFailures();
    failures.know("/lake/0001.parquet", null, "/lake/0001.parquet");

    OrochiException failure =
        failures.map(new SQLException("Conversion Error: Could not convert Timestamp" + STATEMENT));

    assertThat(failure.code()).isEqualTo(OrochiErrorCode.VALUE_NOT_CONVERTIBLE);
    assertThat(failure.detail()).isEqualTo("Conversion Error: Could not convert Timestamp");
  }
}
