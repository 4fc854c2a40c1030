package io.orochi.stream.client;

import io.orochi.table.commit.CommitSummary;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * What a pipeline had put into a table at one point in time.
 *
 * @param sequence of its last commit, 0 if there is none
 * @param positions by split id
 */
public record PipelineCommits(String pipeline, long sequence, Map<String, String> positions) {
  static PipelineCommits none(String pipeline) {
    return new PipelineCommits(pipeline, 0, Map.of());
  }

  static PipelineCommits of(Table table, String pipeline) {
    return TableCommitter.lastPosition(table, pipeline)
        .map(last -> of(pipeline, last))
        .orElseGet(() -> none(pipeline));
  }

  private static PipelineCommits of(String pipeline, SourcePosition last) {
    return new PipelineCommits(pipeline, last.sequence(), last.splits());
  }

  /** The rows that the pipeline's commits since have added. */
  long rowsAddedSince(Table table) {
    table.refresh();
    long rows = 0;
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      var summary = CommitSummary.of(snapshot).filter(by -> by.writer().equals(pipeline));
      if (summary.isPresent() && summary.get().sequence() <= sequence) {
        break;
      }
      if (summary.isPresent()) {
        rows +=
            Long.parseLong(
                snapshot.summary().getOrDefault(SnapshotSummary.ADDED_RECORDS_PROP, "0"));
      }
    }
    return rows;
  }
}
