package io.orochi.stream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.catalog.flink.sink.CommitterFactory;
import io.orochi.connectors.fleet.FleetConfig;
import io.orochi.connectors.fleet.FleetSource;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.commit.TestingForgetfulCommitter;
import io.orochi.table.fault.Fault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real job on a real table, killed at every step of the commit, must end with the source's rows:
 * none lost, none doubled.
 */
class IngestExactlyOnceITCase {
  private static final int KILLS_PER_POINT = 3;
  private static final int HOSTS = 40;
  private static final long STEPS = 5_000;
  private static final String PIPELINE = "fleet";
  private static final CommitterFactory ORDINARY =
      table -> new TableCommitter(table, Clock.systemUTC());

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir Path folder;
  private TestingTable table;

  @BeforeEach
  void createTable() {
    table = TestingFleet.table(folder);
  }

  @AfterEach
  void closeTable() {
    table.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ingest.before-barrier",
        "ingest.before-complete",
        "ingest.before-notify",
        "commit.before-write",
        "commit.after-write",
        "commit.before-swap",
        "commit.after-swap",
        "ingest.after-notify"
      })
  void everyRowIsThereOnceAfterKillsAt(String point) throws Exception {
    FleetConfig fleet = TestingFleet.fleet(HOSTS, STEPS);
    AtomicInteger kills = new AtomicInteger();
    AtomicInteger hits = new AtomicInteger();
    try (Fault.Armed armed =
        Fault.arm(
            point,
            () -> {
              // Every second hit, so that commits succeed between the kills.
              if (hits.incrementAndGet() % 2 == 0 && kills.get() < KILLS_PER_POINT) {
                kills.incrementAndGet();
                throw new IllegalStateException("killed at " + point);
              }
            })) {
      run(fleet, Map.of(), ORDINARY, Restarts.UNTIL_DONE);
    }
    assertThat(kills).hasValue(KILLS_PER_POINT);
    assertThat(TestingFleet.rowsIn(table)).isEqualTo(TestingFleet.rowsOf(fleet));
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit.before-swap", "commit.after-swap", "ingest.before-notify"})
  void aNewJobWithoutStateContinuesFromTheTable(String point) throws Exception {
    FleetConfig fleet = TestingFleet.fleet(HOSTS, STEPS);
    AtomicInteger hits = new AtomicInteger();
    try (Fault.Armed armed =
        Fault.arm(
            point,
            () -> {
              if (hits.incrementAndGet() == 2) {
                throw new IllegalStateException("killed at " + point);
              }
            })) {
      assertThatThrownBy(() -> run(fleet, Map.of(), ORDINARY, Restarts.NONE))
          .rootCause()
          .hasMessage("killed at " + point);
    }
    SourcePosition reached = TableCommitter.lastPosition(table.table(), PIPELINE).orElseThrow();
    run(fleet, reached.splits(), ORDINARY, Restarts.NONE);
    assertThat(TestingFleet.rowsIn(table)).isEqualTo(TestingFleet.rowsOf(fleet));
    assertThat(TableCommitter.lastPosition(table.table(), PIPELINE).orElseThrow().sequence())
        .isGreaterThan(reached.sequence());
  }

  @Test
  void rowsDoubleWhenTheCommitterForgetsToLook() throws Exception {
    FleetConfig fleet = TestingFleet.fleet(HOSTS, STEPS);
    AtomicInteger hits = new AtomicInteger();
    try (Fault.Armed armed =
        Fault.arm(
            "commit.after-swap",
            () -> {
              if (hits.incrementAndGet() == 2) {
                throw new IllegalStateException("the answer was lost");
              }
            })) {
      run(fleet, Map.of(), TestingForgetfulCommitter::create, Restarts.UNTIL_DONE);
    }
    assertThat(TestingFleet.rowsIn(table).values()).contains(2);
  }

  @Test
  void aFinishedPipelineAddsNothingWhenItRunsAgain() throws Exception {
    FleetConfig fleet = TestingFleet.fleet(4, 10);
    run(fleet, Map.of(), ORDINARY, Restarts.NONE);
    SourcePosition end = TableCommitter.lastPosition(table.table(), PIPELINE).orElseThrow();
    run(fleet, end.splits(), ORDINARY, Restarts.NONE);
    assertThat(TestingFleet.rowsIn(table)).isEqualTo(TestingFleet.rowsOf(fleet));
  }

  private enum Restarts {
    NONE,
    UNTIL_DONE
  }

  private void run(
      FleetConfig fleet,
      Map<String, String> positions,
      CommitterFactory committers,
      Restarts restarts)
      throws Exception {
    IngestConfig config =
        new IngestConfig(PIPELINE, Duration.ofMillis(100), 2, 2, folder.resolve("checkpoints"));
    Configuration settings = IngestJob.configuration(config, Boundedness.BOUNDED);
    if (restarts == Restarts.NONE) {
      settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    } else {
      settings.set(
          RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
          Duration.ofMillis(20));
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    IngestJob.build(
        environment,
        new FleetSource(fleet, positions),
        TestingFleet.elements(),
        table.loader(),
        config,
        null,
        committers);
    environment.execute();
  }

  /** State hangs on them: a changed uid loses it without a word. */
  @Test
  void operatorsKeepTheirNamesAndUids() throws Exception {
    IngestConfig config =
        new IngestConfig(PIPELINE, Duration.ofSeconds(1), 1, 1, folder.resolve("checkpoints"));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(
            IngestJob.configuration(config, Boundedness.BOUNDED));
    IngestJob.build(
        environment,
        new FleetSource(TestingFleet.fleet(1, 1), Map.of()),
        TestingFleet.elements(),
        table.loader(),
        config,
        table.deadLetters(PIPELINE),
        ORDINARY);
    assertThat(
            environment.getStreamGraph().getStreamNodes().stream()
                .map(node -> node.getOperatorName() + " = " + node.getTransformationUID()))
        .containsExactlyInAnyOrder(
            "Source: read = orochi-source",
            "note positions = orochi-positions",
            "put rejected records aside = orochi-dead-letters",
            "write files = orochi-writer",
            "write companion files = orochi-companion-writer",
            "commit table = orochi-committer",
            "end: Writer = orochi-end");
  }
}
