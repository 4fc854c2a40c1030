package io.orochi.catalog.flink.sink.publish;

import io.orochi.catalog.flink.sink.state.CommitPart;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.CommitRequest;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.digest.Digest;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.keys.KeyKernel;
import io.orochi.table.kernel.keys.KeyedAppend;
import io.orochi.table.kernel.keys.UniqueKeys;
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
  private static final int ATTEMPTS = 100;

  private final Table table;
  private final TableCommitter committer;
  private final String writer;
  private final KeyKernel keys;

  /**
   * @param keys looks keys up if the table keeps them unique
   */
  public TablePublisher(Table table, TableCommitter committer, String writer, KeyKernel keys) {
    this.table = table;
    this.committer = committer;
    this.writer = writer;
    this.keys = keys;
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
    Attempt attempt;
    try {
      SourcePosition position = new SourcePosition(writer, sequence, positions);
      attempt =
          keysToKeep(files, sequence).isPresent()
              ? publishKeyed(position, files, digests)
              : new Attempt(
                  committer.commit(new CommitRequest(position, files, List.of(), digests)), 0);
    } catch (RuntimeException e) {
      throw SinkFailures.of("Cannot commit to " + table.name(), e);
    }
    return settle(attempt, files);
  }

  /**
   * @param leftOut rows that were not published because others have their key
   */
  private record Attempt(CommitOutcome outcome, long leftOut) {}

  /** Empty also if the sequence is in the table, and its rows with it. */
  private Optional<UniqueKeys> keysToKeep(List<DataFile> files, long sequence) {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    table.refresh();
    return UniqueKeys.of(table)
        .filter(found -> newest().filter(published -> published.sequence() >= sequence).isEmpty());
  }

  /** The keys are looked up anew in each table that another commit has left. */
  private Attempt publishKeyed(
      SourcePosition position, List<DataFile> files, Map<String, Digest> digests) {
    for (int attempt = 1; ; attempt++) {
      table.refresh();
      UniqueKeys unique = UniqueKeys.of(table).orElseThrow();
      KeyedAppend append = KeyedAppend.of(table, unique, files, digests, keys);
      CommitOutcome outcome = committer.publish(position, append.change());
      if (outcome instanceof CommitOutcome.Conflicted conflicted && attempt < ATTEMPTS) {
        LOG.info("Keys of {} are looked up again: {}", table.name(), conflicted.reason());
        append.change().files().addedDeletes().forEach(file -> delete(file.location()));
        continue;
      }
      if (outcome instanceof CommitOutcome.Committed) {
        append.useless().forEach(file -> delete(file.location()));
      }
      return new Attempt(outcome, append.leftOut());
    }
  }

  private void delete(String location) {
    try {
      table.io().deleteFile(location);
    } catch (RuntimeException stillThere) {
      LOG.warn("Cannot delete {}; orphan removal will", location, stillThere);
    }
  }

  private long settle(Attempt attempt, List<DataFile> files) {
    CommitOutcome outcome = attempt.outcome();
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
    return files.stream().mapToLong(DataFile::recordCount).sum() - attempt.leftOut();
  }
}
