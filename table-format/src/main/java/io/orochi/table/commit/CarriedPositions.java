package io.orochi.table.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Snapshot;

/**
 * Names the writers whose positions one snapshot carries for snapshots that have expired; SPEC.md
 * fixes the text.
 */
record CarriedPositions(List<Carried> writers) {
  static final String KEY = "orochi.carried-positions";

  private static final CarriedPositions NONE = new CarriedPositions(List.of());

  /**
   * @param order the sequence number of the snapshot that published the position
   */
  record Carried(String writer, long sequence, long order) {}

  static CarriedPositions of(Snapshot snapshot) {
    String text = snapshot.summary() == null ? null : snapshot.summary().get(KEY);
    if (text == null) {
      return NONE;
    }
    List<Carried> writers = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] parts = line.split(" ", 3);
      writers.add(new Carried(parts[2], Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    }
    return new CarriedPositions(writers);
  }

  Optional<Carried> of(String writer) {
    return writers.stream().filter(carried -> carried.writer().equals(writer)).findFirst();
  }

  String text() {
    return String.join(
        "\n",
        writers.stream()
            .map(one -> one.sequence() + " " + one.order() + " " + one.writer())
            .toList());
  }
}
