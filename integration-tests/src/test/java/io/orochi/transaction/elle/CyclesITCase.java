package io.orochi.transaction.elle;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random transactions of several sessions over a few lists, judged by {@link ListAppendChecker}. A
 * longer run: {@code -Dorochi.test.histories=100}.
 */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CyclesITCase {
  private static final int HISTORIES = Integer.getInteger("orochi.test.histories", 1);
  private static final int MOST_UNTIL_A_CYCLE = 8;

  private final OrochiCluster cluster;

  CyclesITCase(OrochiCluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void serializableHistoriesHaveNoCycle() throws Exception {
    for (int seed = 1; seed <= HISTORIES; seed++) {
      ListHistory history = run("SERIALIZABLE", seed);
      assertThat(ListAppendChecker.anomalies(history)).as("seed %s: %s", seed, history).isEmpty();
      assertSomeCommitted(history);
    }
  }

  /** First committer wins, and everybody reads one snapshot: only write skew is left. */
  @Test
  void snapshotHistoriesHaveWriteSkewOnly() throws Exception {
    for (int seed = 1; seed <= HISTORIES; seed++) {
      ListHistory history = run("SNAPSHOT", seed);
      assertThat(ListAppendChecker.anomalies(history))
          .as("seed %s: %s", seed, history)
          .allMatch(found -> found.startsWith("G2"));
      assertSomeCommitted(history);
    }
  }

  /** Proves that the same workload shows what is not prevented. */
  @Test
  void readCommittedHistoriesHaveCycles() throws Exception {
    List<String> found = new ArrayList<>();
    for (int seed = 1; found.isEmpty() && seed <= MOST_UNTIL_A_CYCLE; seed++) {
      found.addAll(ListAppendChecker.anomalies(run("READ COMMITTED", seed)));
    }
    assertThat(found).anyMatch(each -> each.startsWith("G-single") || each.startsWith("G2"));
    assertThat(found).noneMatch(each -> each.startsWith("G0") || each.startsWith("G1"));
  }

  private ListHistory run(String level, int seed) throws Exception {
    try (Connection session = cluster.flight()) {
      return new ListWorkload(cluster, session, level, seed).run();
    }
  }

  private static void assertSomeCommitted(ListHistory history) {
    assertThat(history.transactions().stream().filter(ListHistory.Done::committed).count())
        .isGreaterThan(ListWorkload.SESSIONS);
  }
}
