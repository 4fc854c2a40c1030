package io.orochi.stream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.connectors.fleet.FleetConfig;
import io.orochi.connectors.fleet.FleetSource;
import io.orochi.table.commit.TableCommitter;
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
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two pipelines bring the same rows to a table with a primary key, and one is killed. */
class KeyedIngestITCase {
  private static final int KILLS = 2;

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

  private void keep(String dedup) {
    Table loaded = table.table();
    loaded
        .updateSchema()
        .allowIncompatibleChanges()
        .requireColumn("ts")
        .requireColumn("hostname")
        .setIdentifierFields("ts", "hostname")
        .commit();
    loaded.updateProperties().set("orochi.dedup", dedup).commit();
  }

  @ParameterizedTest
  @CsvSource({
    "upsert, commit.before-swap",
    "upsert, commit.after-swap",
    "first, ingest.before-notify",
    "first, commit.after-swap"
  })
  void aKeyHasOneRowHoweverOftenItCame(String dedup, String point) throws Exception {
    keep(dedup);
    FleetConfig fleet = TestingFleet.fleet(20, 2_000);
    run("one", fleet);
    AtomicInteger hits = new AtomicInteger();
    AtomicInteger kills = new AtomicInteger();
    try (Fault.Armed armed =
        Fault.arm(
            point,
            () -> {
              if (hits.incrementAndGet() % 2 == 1 && kills.get() < KILLS) {
                kills.incrementAndGet();
                throw new IllegalStateException("killed at " + point);
              }
            })) {
      run("other", fleet);
    }
    assertThat(kills.get()).isPositive();
    assertThat(TestingFleet.rowsIn(table)).isEqualTo(TestingFleet.rowsOf(fleet));
  }

  private void run(String pipeline, FleetConfig fleet) throws Exception {
    IngestConfig config =
        new IngestConfig(
            pipeline, Duration.ofMillis(300), 2, 2, folder.resolve("checkpoints-" + pipeline));
    Configuration settings = IngestJob.configuration(config, Boundedness.BOUNDED);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(20));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    IngestJob.build(
        environment,
        new FleetSource(fleet, Map.of()),
        TestingFleet.elements(),
        table.loader(),
        config,
        null,
        loaded -> new TableCommitter(loaded, Clock.systemUTC()));
    environment.execute();
  }
}
