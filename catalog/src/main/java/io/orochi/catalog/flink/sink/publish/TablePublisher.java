package io.orochi.catalog.flink.sink.publish;

import io.orochi.catalog.flink.sink.state.CommitPart;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.CommitRequest;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.digest.Digest;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.JsonUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the parts of one checkpoint in one table. Not safe for threads. */
public final class TablePublisher {
  private static final Logger LOG = LoggerFactory.getLogger(TablePublisher.class);

  private final Table table;
  private final TableCommitter committer;
  private final String writer;

  public TablePublisher(Table table, TableCommitter committer, String writer) {
    this.table = table;
    this.committer = committer;
    this.writer = writer;
  }

  public Table table() {
    return table;
  }

  /** The writer's newest commit in the table. */
  public Optional<SourcePosition> newest() {
    return TableCommitter.lastPosition(table, writer);
  }

  /**
   * One commit of all parts. After a failure the same parts may be published again under the same
   * sequence, except after COMMIT_CONFLICT, which deletes their files.
   *
   * @param marks positions besides those of the parts
   * @return the rows of the parts, whether this attempt or an earlier one committed them
   */
  public long publish(long sequence, List<CommitPart> parts, Map<String, String> marks) {
    List<DataFile> files = new ArrayList<>();
    Map<String, Digest> digests = new HashMap<>();
    Map<String, String> positions = new HashMap<>();
    for (CommitPart part : parts) {
      for (String json : part.dataFiles()) {
        files.add(
            (DataFile)
                JsonUtil.parse(json, node -> ContentFileParser.fromJson(node, table.specs())));
      }
      digests.putAll(part.digests());
      positions.putAll(part.positions());
    }
    positions.putAll(marks);
    CommitOutcome outcome;
    try {
      outcome =
          committer.commit(
              new CommitRequest(
                  new SourcePosition(writer, sequence, positions), files, List.of(), digests));
    } catch (RuntimeException e) {
      throw SinkFailures.of("Cannot commit to " + table.name(), e);
    }
    return settle(outcome, files);
  }

  private long settle(CommitOutcome outcome, List<DataFile> files) {
    if (outcome instanceof CommitOutcome.Conflicted conflicted) {
      files.forEach(file -> table.io().deleteFile(file.location()));
      throw new SuppressRestartsException(
          OrochiException.of(OrochiErrorCode.COMMIT_CONFLICT, "Cannot commit to " + table.name())
              .withDetail(conflicted.reason())
              .withHint("Run it again; it continues from its position in the table."));
    }
    if (outcome instanceof CommitOutcome.Unknown unknown) {
      throw OrochiException.of(
              OrochiErrorCode.COMMIT_STATE_UNKNOWN,
              "Cannot tell whether the commit to %s happened".formatted(table.name()))
          .withDetail(unknown.reason())
          .withHint("The job looks for it in the table when it restarts.");
    }
    LOG.info("Committed {} files to {}: {}", files.size(), table.name(), outcome);
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }
}
