package io.orochi.table.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.TestingTables;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentCommitITCase {
  private static final int WRITERS = 4;
  private static final int COMMITS = 8;
  private static final int ROWS = 3;

  @TempDir Path folder;

  @Test
  void writersThatCommitAtOnceLoseNothing() throws Exception {
    Table table = TestingTables.create(folder);
    run(writer -> "writer-" + writer);

    assertThat(TestingTables.countRows(table)).isEqualTo(WRITERS * COMMITS * ROWS);
    for (int writer = 0; writer < WRITERS; writer++) {
      assertThat(TableCommitter.lastPosition(table, "writer-" + writer))
          .contains(
              new SourcePosition(
                  "writer-" + writer, COMMITS, Map.of("split", Integer.toString(COMMITS))));
    }
  }

  @Test
  void processesThatBelieveToBeTheSameWriterPublishEachSequenceOnce() throws Exception {
    Table table = TestingTables.create(folder);
    run(writer -> "same");

    assertThat(TestingTables.countRows(table)).isEqualTo(COMMITS * ROWS);
  }

  private interface WriterName {
    String of(int writer);
  }

  private void run(WriterName name) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        String own = name.of(writer);
        running.add(threads.submit(() -> commitAll(own)));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void commitAll(String writer) {
    Table table = TestingTables.load(folder);
    TableCommitter committer = new TableCommitter(table, Clock.systemUTC());
    for (int sequence = 1; sequence <= COMMITS; sequence++) {
      CommitRequest request =
          TestingTables.request(
              table, writer, sequence, ROWS, Map.of("split", Integer.toString(sequence)));
      CommitOutcome outcome = committer.commit(request);
      while (outcome instanceof CommitOutcome.Conflicted) {
        outcome = committer.commit(request);
      }
      assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
    }
  }
}
