package io.orochi.table.commit;

import java.time.Clock;
import java.util.Optional;
import org.apache.iceberg.Table;

/** A committer that never finds its own earlier commit: the protocol without its look. */
public final class TestingForgetfulCommitter {
  private TestingForgetfulCommitter() {}

  public static TableCommitter create(Table table) {
    return new TableCommitter(table, Clock.systemUTC(), snapshot -> Optional.empty());
  }
}
