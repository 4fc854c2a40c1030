package io.orochi.catalog.metastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.catalog.TestingPostgres;
import io.orochi.table.fault.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresMetastoreITCase extends MetastoreContract {
  private final MetastoreAddress database = TestingPostgres.emptyDatabase();

  @Override
  Metastore open() {
    return open("orochi");
  }

  @Override
  Metastore open(String catalogName) {
    return Metastores.open(catalogName, database);
  }

  @Test
  void aConnectionLostDuringCommitIsUnknown() {
    MetastoreKey key = MetastoreKey.table("metrics", "cpu");
    try (Metastore store = open();
        Fault.Armed cut = Fault.arm("metastore.swap", TestingPostgres::endAllSessions)) {
      assertThat(store.compareAndSet(List.of(new MetastoreChange.Create(key, "m1"))))
          .isInstanceOf(SwapOutcome.Unknown.class);
    }
    try (Metastore store = open()) {
      assertThat(store.get(key)).isEmpty();
    }
  }

  @Test
  void aWrongPasswordIsNotRepeated() {
    MetastoreAddress wrong = MetastoreAddress.of(database.jdbcUri(), "nobody", "hunter2");
    assertThatThrownBy(() -> Metastores.open("orochi", wrong))
        .hasMessageContaining("Cannot use the metastore: jdbc:postgresql://")
        .hasMessageContaining("nobody")
        .hasMessageNotContaining("hunter2");
  }
}
