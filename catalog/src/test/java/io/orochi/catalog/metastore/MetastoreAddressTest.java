package io.orochi.catalog.metastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetastoreAddressTest {
  @Test
  void aPasswordLeavesTheUri() {
    MetastoreAddress address =
        MetastoreAddress.of(
            "jdbc:postgresql://db:5432/o?user=u&password=hunter2&sslmode=require", null, null);
    assertThat(address.jdbcUri()).isEqualTo("jdbc:postgresql://db:5432/o?sslmode=require");
    assertThat(address.user()).isEqualTo("u");
    assertThat(address.password()).isEqualTo("hunter2");
    assertThat(address.toString()).doesNotContain("hunter2");
  }

  @Test
  void anUnreachableDatabaseIsNamedWithoutItsPassword() {
    MetastoreAddress nowhere =
        MetastoreAddress.of("jdbc:postgresql://127.0.0.1:1/o?connectTimeout=1", "u", "hunter2");
    assertThatThrownBy(() -> Metastores.open("orochi", nowhere))
        .hasMessageStartingWith(
            "OROCHI-3003: Cannot use the metastore: jdbc:postgresql://127.0.0.1:1/o")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void anotherKindOfDatabaseIsRefused() {
    assertThatThrownBy(() -> MetastoreAddress.of("jdbc:mysql://h/d?password=hunter2", null, null))
        .hasMessageStartingWith("OROCHI-1002: Invalid value for metastore: 'jdbc:mysql://h/d")
        .hasMessageContaining("HINT: Use jdbc:sqlite:")
        .hasMessageNotContaining("hunter2");
  }
}
