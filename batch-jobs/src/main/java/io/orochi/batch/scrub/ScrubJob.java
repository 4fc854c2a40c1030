package io.orochi.batch.scrub;

import io.orochi.batch.scrub.operator.FileVerifier;
import io.orochi.batch.scrub.operator.ManifestReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Reads every data and delete file of a table's current snapshot and compares it with the digest of
 * its commit. The manifests are spread over the tasks, then the files; the table is not touched. A
 * file that maintenance deletes meanwhile is reported as missing: run again to be sure.
 */
public final class ScrubJob {
  static final String SOURCE = "scrub-manifests";
  static final String FILES = "scrub-files";
  static final String VERIFY = "scrub-verify";

  private final Table table;

  public ScrubJob(Table table) {
    this.table = table;
  }

  /**
   * Waits for the end of the job.
   *
   * @throws io.orochi.table.error.OrochiException METADATA_CORRUPT if a manifest cannot be found
   */
  public ScrubReport run(StreamExecutionEnvironment environment) throws Exception {
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null) {
      return ScrubReport.of(table.name(), 0, List.of());
    }
    int manifests = snapshot.allManifests(table.io()).size();
    if (manifests == 0) {
      return ScrubReport.of(table.name(), snapshot.snapshotId(), List.of());
    }
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    List<Finding> findings = new ArrayList<>();
    try (CloseableIterator<Finding> rows =
        topology(environment, snapshot.snapshotId(), manifests)
            .executeAndCollect("scrub " + table.name())) {
      rows.forEachRemaining(findings::add);
    }
    return ScrubReport.of(table.name(), snapshot.snapshotId(), findings);
  }

  private DataStream<Finding> topology(
      StreamExecutionEnvironment environment, long snapshotId, int manifests) {
    Table frozen = SerializableTable.copyOf(table);
    return environment
        .fromSequence(0, manifests - 1)
        .name(SOURCE)
        .uid(SOURCE)
        .flatMap(new ManifestReader(frozen, snapshotId))
        .returns(TypeInformation.of(ScrubTarget.class))
        .name(FILES)
        .uid(FILES)
        .partitionCustom(
            (key, tasks) -> Math.floorMod(key.hashCode(), tasks), ScrubTarget::location)
        .transform(VERIFY, TypeInformation.of(Finding.class), new FileVerifier(frozen))
        .uid(VERIFY);
  }
}
