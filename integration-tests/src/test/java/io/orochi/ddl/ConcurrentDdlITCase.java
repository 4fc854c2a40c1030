package io.orochi.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orochi.cluster.CommandRun;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.ddl.EvolvingSchema.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Columns come, go, change their names and grow while a job streams rows into the table and
 * sessions insert others. Each value tells its row and its column, so that every answer can be
 * judged: it must be right under one of the schemas that were there while it was made, with no row
 * lost or doubled. Names are used again, so a value that is found by the name of its column and not
 * by its identity is found out. A longer run: {@code -Dorochi.test.seconds=600}, and {@code
 * -Dorochi.test.ddl-millis} between two changes.
 */
class ConcurrentDdlITCase {
  private static final Logger LOG = LoggerFactory.getLogger(ConcurrentDdlITCase.class);
  private static final int SECONDS = Integer.getInteger("orochi.test.seconds", 15);
  private static final int DDL_MILLIS = Integer.getInteger("orochi.test.ddl-millis", 400);
  private static final long SEED = Long.getLong("orochi.test.seed", 20_260_101L);
  private static final int FIRST_COLUMNS = 4;
  private static final Duration STREAM_PAUSE = Duration.ofMillis(100);
  private static final int STREAM_ROWS = 10;

  @TempDir private Path folder;
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<RowInserter> inserters = new ArrayList<>();
  private OrochiCluster cluster;
  private SchemaLog schemas;
  private SentRows sent;

  @Test
  void noAnswerIsWrongWhileTheColumnsChange() throws Exception {
    Random random = new Random(SEED);
    EvolvingSchema first = new EvolvingSchema(List.of());
    for (int i = 0; i < FIRST_COLUMNS; i++) {
      first = first.with(Field.of("v" + i, i, random));
    }
    sent = new SentRows(first.identities());
    cluster = OrochiCluster.start(folder.resolve("data"));
    try (Connection session = cluster.flight()) {
      create(session, first);
      schemas = new SchemaLog(first);
      startStream(first);
      append(first);
      await().atMost(Duration.ofMinutes(1)).until(() -> count() > 0);
      lookAtAll();
      run(session);
      lookAtTheEnd();
    } finally {
      cluster.close();
    }
  }

  private static void create(Connection session, EvolvingSchema schema) throws SQLException {
    StringBuilder columns = new StringBuilder();
    schema
        .fields()
        .forEach(f -> columns.append(", ").append(f.name()).append(' ').append(f.type()));
    Sql.run(
        session,
        "CREATE TABLE t (writer INT, seq BIGINT, ts TIMESTAMP(6) NOT NULL"
            + columns
            + ") WITH ('orochi.hypertable' = 'ts', 'orochi.chunk-interval' = '1 h')");
  }

  private void startStream(EvolvingSchema schema) throws IOException {
    Files.writeString(file(), "writer,seq,ts," + String.join(",", schema.names()) + "\n");
    CommandRun started =
        CommandRun.ingest(
            cluster,
            file().toString(),
            "--table",
            "t",
            "--watch",
            "--detach",
            "--commit-interval",
            "1 s");
    assertThat(started.exitCode()).as(started.err()).isZero();
  }

  private Path file() {
    return folder.resolve("stream.csv");
  }

  private void run(Connection session) throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    EvolvingSchema first = schemas.current();
    work.add(() -> repeat(() -> append(first)));
    for (String engine : List.of("auto", "auto", "flink")) {
      RowInserter inserter = new RowInserter(work.size(), session(engine), schemas, sent);
      inserters.add(inserter);
      work.add(() -> repeat(inserter::insert));
    }
    for (String engine : List.of("kernel", "kernel", "flink")) {
      Connection own = session(engine);
      Random random = new Random(work.size());
      work.add(() -> repeat(() -> look(own, random)));
    }
    SchemaChanger changer = new SchemaChanger(session, schemas, FIRST_COLUMNS, SEED);
    work.add(
        () ->
            repeat(
                () -> {
                  changer.change(this::settled);
                  LOG.info("{} changes", schemas.changes());
                  LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(DDL_MILLIS));
                }));
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    CompletionService<Void> running = new ExecutorCompletionService<>(threads);
    try {
      work.forEach(running::submit);
      for (int i = 0; i < work.size(); i++) {
        running.take().get();
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
      assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private interface Step {
    void run() throws SQLException;
  }

  private Void repeat(Step step) throws SQLException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < deadline && !over.get()) {
      step.run();
    }
    return null;
  }

  private Connection session(String engine) throws SQLException {
    Connection session = cluster.flight();
    Sql.run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
    return session;
  }

  private void append(EvolvingSchema schema) {
    long from = sent.streamSent();
    sent.streamed(from + STREAM_ROWS);
    StringBuilder rows = new StringBuilder();
    for (long seq = from; seq < from + STREAM_ROWS; seq++) {
      rows.append("0,%d,2026-01-02 %02d:00:00".formatted(seq, seq / 50 % 24));
      for (int identity : schema.identities()) {
        rows.append(',').append(EvolvingSchema.value(seq, identity));
      }
      rows.append('\n');
    }
    try {
      Files.writeString(file(), rows, StandardOpenOption.APPEND);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    LockSupport.parkNanos(STREAM_PAUSE.toNanos());
  }

  /**
   * No writer means a dropped column by a name: every statement was begun after now. In a long run
   * one may wait for the slots of a query that reads thousands of small files.
   */
  private void settled() {
    List<Long> running = inserters.stream().map(RowInserter::statements).toList();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(5))
        .until(
            () -> {
              for (int i = 0; i < running.size(); i++) {
                long then = running.get(i);
                if (then % 2 == 1 && inserters.get(i).statements() == then) {
                  return false;
                }
              }
              return true;
            });
  }

  private void look(Connection session, Random random) throws SQLException {
    SeenRows.Condition condition = null;
    String sql = "SELECT * FROM t";
    if (random.nextBoolean()) {
      List<String> names = schemas.current().names();
      long bound = EvolvingSchema.value(random.nextInt(100), 0);
      condition = new SeenRows.Condition(names.get(random.nextInt(names.size())), bound);
      sql += condition.sql();
    }
    long asked = System.nanoTime();
    SeenRows seen;
    try {
      seen = SeenRows.of(session, sql);
    } catch (SQLException refused) {
      if (mayBeRefused(refused, condition, asked)) {
        return;
      }
      throw new SQLException(sql, refused);
    }
    Optional<String> wrong = seen.wrong(schemas, sent, condition);
    assertThat(wrong).as(sql).isEmpty();
    if (condition == null) {
      sent.streamSeen(seen.streamRows(), seen.until());
    }
  }

  /** The column was gone, or the answer had other columns than its client was told. */
  private boolean mayBeRefused(SQLException refused, SeenRows.Condition condition, long asked) {
    List<EvolvingSchema> there = schemas.between(asked, System.nanoTime());
    boolean gone =
        condition != null
            && there.stream().anyMatch(schema -> !schema.names().contains(condition.column()));
    return gone || there.size() > 1 && Sql.messages(refused).contains("OROCHI-3022");
  }

  /** The number of rows, which both engines see alike. */
  private long lookAtAll() throws SQLException {
    Set<Integer> counts = new HashSet<>();
    for (String engine : List.of("kernel", "flink")) {
      try (Connection session = session(engine)) {
        SeenRows seen = SeenRows.of(session, "SELECT * FROM t");
        assertThat(seen.wrong(schemas, sent, null)).as(engine).isEmpty();
        counts.add(seen.rows().size());
      }
    }
    assertThat(counts).hasSize(1);
    return counts.iterator().next();
  }

  private void lookAtTheEnd() throws SQLException {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> count() == sent.streamSent());
    assertThat(lookAtAll()).isEqualTo(sent.streamSent() + sent.certain(System.nanoTime()).size());
    try (Connection session = cluster.flight()) {
      assertThat(Sql.rows(session, "CALL sys.check_table('t', true)"))
          .isNotEmpty()
          .noneMatch(row -> row.contains("error"));
    }
    assertThat(schemas.namesUsedAgain()).as("of %d changes", schemas.changes()).isPositive();
    for (RowInserter inserter : inserters) {
      assertThat(sent.certain(System.nanoTime()).keySet())
          .as("refused %d", inserter.refusals())
          .anyMatch(key -> key.writer() == inserters.indexOf(inserter) + 1);
    }
  }

  private long count() throws SQLException {
    try (Connection session = cluster.flight()) {
      return Long.parseLong(Sql.rows(session, "SELECT COUNT(*) FROM t WHERE writer = 0").get(0));
    }
  }
}
