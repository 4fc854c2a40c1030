package io.orochi.connectors.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.generator.GeneratorSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.junit.jupiter.api.Test;

class FleetRowsTest {
  private static final FleetConfig FLEET =
      new FleetConfig(
          20,
          3,
          Instant.parse("2026-01-01T00:00:00Z"),
          Duration.ofSeconds(10),
          FleetRows.BLOCK_STEPS + 50,
          FleetConfig.Pace.UNLIMITED);

  @Test
  void aSplitTakenUpAnywhereGivesTheSameRows() {
    String id = FLEET.splitIds().get(2);
    List<SourceElement> whole = drain(new FleetSplitReader(FLEET, new GeneratorSplit(id, 0)));
    for (long ordinal : new long[] {1, 7, 5000, FleetRows.BLOCK_STEPS * 2L + 3}) {
      List<SourceElement> rest =
          drain(new FleetSplitReader(FLEET, new GeneratorSplit(id, ordinal)));
      assertThat(rest).isEqualTo(whole.subList((int) ordinal, whole.size()));
    }
  }

  @Test
  void everyHostReportsAtEveryStep() {
    long rows = 0;
    for (String id : FLEET.splitIds()) {
      rows += drain(new FleetSplitReader(FLEET, new GeneratorSplit(id, 0))).size() - 1;
    }
    assertThat(rows).isEqualTo(FLEET.hosts() * FLEET.steps());
  }

  @Test
  void valuesWalkBetween0And100() {
    FleetRows rows = new FleetRows(FLEET, 0, 1);
    double largestMove = 0;
    double before = -1;
    for (long step = 0; step < FleetRows.BLOCK_STEPS; step++) {
      rows.moveTo(step);
      GenericRowData row = rows.row(0);
      double value = row.getDouble(11);
      assertThat(value).isBetween(0.0, 100.0);
      if (before >= 0) {
        largestMove = Math.max(largestMove, Math.abs(value - before));
      }
      before = value;
    }
    assertThat(largestMove).isBetween(1.0, 5.0);
  }

  @Test
  void aPositionTellsItsFleet() {
    assertThat(FleetConfig.ofSplitId(FLEET.splitIds().get(0)))
        .hasValueSatisfying(
            fleet -> {
              assertThat(fleet.splitIds()).isEqualTo(FLEET.splitIds());
              assertThat(fleet.start()).isEqualTo(FLEET.start());
            });
    assertThat(FleetConfig.ofSplitId("host-metrics")).isEmpty();
  }

  private static List<SourceElement> drain(FleetSplitReader reader) {
    List<SourceElement> elements = new ArrayList<>();
    while (!reader.hasEnded()) {
      elements.add(reader.next());
    }
    return elements;
  }
}
