package io.orochi.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.CommandRun;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import io.orochi.stream.FleetCommand;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stream that is started again after the columns of its table have changed. */
@ExtendWith(SharedCluster.class)
class ResumedStreamITCase {
  private static final String COUNTS =
      "SELECT COUNT(*), COUNT(DISTINCT hostname || CAST(ts AS STRING)) FROM resumed.t";

  private final OrochiCluster cluster;

  ResumedStreamITCase(OrochiCluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void itGoesOnByNameAndANewColumnIsNull() throws Exception {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE resumed");
      assertThat(fleet(20).exitCode()).isZero();
      assertThat(Sql.rows(session, COUNTS)).containsExactly("100 | 100");

      Sql.run(session, "ALTER TABLE resumed.t ADD (note STRING FIRST)");
      CommandRun again = fleet(40);

      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(Sql.rows(session, COUNTS)).containsExactly("200 | 200");
      assertThat(
              Sql.rows(
                  session, "SELECT COUNT(note), COUNT(usage_user), COUNT(hostname) FROM resumed.t"))
          .containsExactly("0 | 200 | 200");
    }
  }

  @Test
  void aColumnThatHasGoneIsNamedWithWhatToDo() throws Exception {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE IF NOT EXISTS resumed");
      assertThat(fleet("gone", 2).exitCode()).isZero();
      Sql.run(session, "ALTER TABLE resumed.gone RENAME usage_user TO used");

      CommandRun again = fleet("gone", 4);

      assertThat(again.exitCode()).isEqualTo(1);
      assertThat(again.err())
          .contains("OROCHI-3022", "no column usage_user any more", "give the column its name")
          .doesNotContain("Run it again");
      Sql.run(session, "ALTER TABLE resumed.gone RENAME used TO usage_user");
      assertThat(fleet("gone", 4).exitCode()).isZero();
      assertThat(Sql.rows(session, "SELECT COUNT(*), COUNT(usage_user) FROM resumed.gone"))
          .containsExactly("20 | 20");
    }
  }

  private CommandRun fleet(int steps) {
    return fleet("t", steps);
  }

  /** Five hosts, up to so many rows of each. */
  private CommandRun fleet(String table, int steps) {
    return CommandRun.of(
        new FleetCommand(),
        cluster,
        "--table",
        "resumed." + table,
        "--pipeline",
        "resumed-" + table,
        "--hosts",
        "5",
        "--steps",
        String.valueOf(steps),
        "--unpaced",
        "--history",
        "1 h",
        "--commit-interval",
        "1 s");
  }
}
