package io.orochi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.fuzz.Question.Form;
import io.orochi.fuzz.Sessions.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random queries over random tables, against answers computed in Java and against the same query
 * when no file is skipped. A failure prints the property that repeats it alone:
 *
 * <ul>
 *   <li>{@code -Dorochi.fuzz.seed=N}: other tables and queries; the date's by default would make a
 *       build depend on its day, so it is fixed
 *   <li>{@code -Dorochi.fuzz.checks=N}: how many
 *   <li>{@code -Dorochi.fuzz.only=N}: only that check
 * </ul>
 */
class RandomQueriesITCase {
  private static final Logger LOG = LoggerFactory.getLogger(RandomQueriesITCase.class);
  private static final long SEED = Long.getLong("orochi.fuzz.seed", 20_240_229L);
  private static final int CHECKS = Integer.getInteger("orochi.fuzz.checks", 5_000);
  private static final int ONLY = Integer.getInteger("orochi.fuzz.only", -1);
  private static final int PAIRS = 8;
  private static final int WORKERS = 2;
  private static final int MOST_FAILURES = 25;
  private static final String DATABASE = "fuzz";
  private static final List<ZoneId> ZONES = List.of(ZoneId.of("UTC"), ZoneId.of("Etc/GMT-5"));

  private final Collection<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger right = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  private record Pair(RandomTable left, RandomTable right) {}

  @Test
  void noAnswerDependsOnWhatIsSkipped(@TempDir Path folder) throws Exception {
    String threads = String.valueOf(1 + new Random(SEED).nextInt(4));
    try (OrochiCluster cluster = OrochiCluster.start(folder, Map.of("kernel.threads", threads))) {
      List<Pair> pairs = createTables(cluster);
      ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
      try {
        List<Future<?>> workers = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
          int first = worker;
          workers.add(pool.submit(() -> work(cluster, pairs, first)));
        }
        for (Future<?> worker : workers) {
          worker.get();
        }
      } finally {
        pool.shutdownNow();
      }
    }
    LOG.info("{} answers right, {} queries refused, seed {}", right, refused, SEED);
    assertThat(failures).as("seed " + SEED).isEmpty();
    if (ONLY < 0) {
      assertThat(refused.get()).as("queries the kernel refused").isLessThan(CHECKS / 10);
    }
  }

  private static List<Pair> createTables(OrochiCluster cluster) throws SQLException, IOException {
    List<Pair> pairs = new ArrayList<>();
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE " + DATABASE);
      Sql.run(session, "USE " + DATABASE);
      for (int pair = 0; pair < PAIRS; pair++) {
        boolean wanted = ONLY < 0 || ONLY % PAIRS == pair;
        if (wanted) {
          pairs.add(
              new Pair(
                  createTable(cluster, session, "l" + pair, 2L * pair, 240),
                  createTable(cluster, session, "r" + pair, 2L * pair + 1, 80)));
        } else {
          pairs.add(null);
        }
      }
    }
    return pairs;
  }

  private static RandomTable createTable(
      OrochiCluster cluster, Connection session, String name, long number, int rows)
      throws SQLException, IOException {
    Random random = new Random(SEED * 1_000 + number);
    RandomTable table = RandomTable.shape(name, random);
    String statement = table.createStatement(random);
    LOG.info("{}", statement);
    Sql.run(session, statement);
    new TableFiles(cluster.table(DATABASE, name), random).fill(table, rows);
    return table;
  }

  private Void work(OrochiCluster cluster, List<Pair> pairs, int first) throws SQLException {
    List<Sessions> sessions = new ArrayList<>();
    for (ZoneId zone : ZONES) {
      sessions.add(new Sessions(cluster, DATABASE, zone));
    }
    int[] checks =
        ONLY >= 0
            ? new int[] {ONLY}
            : IntStream.range(0, CHECKS).filter(i -> i % WORKERS == first).toArray();
    for (int check : checks) {
      if (failures.size() < MOST_FAILURES) {
        check(check, pairs.get(check % PAIRS), sessions);
      }
    }
    for (Sessions each : sessions) {
      each.close();
    }
    return null;
  }

  private void check(int number, Pair pair, List<Sessions> sessions) {
    Random random = new Random(SEED * 1_000_003 + number);
    int zone = random.nextInt(ZONES.size());
    Expressions a = new Expressions(random, pair.left, "a", 0, ZONES.get(zone));
    Condition condition = new Conditions(random, a).any();
    Form form;
    if (random.nextInt(10) < 7) {
      form = new Forms(random, a).any();
    } else {
      int width = pair.left.columns().size();
      Expressions b = new Expressions(random, pair.right, "b", width, ZONES.get(zone));
      Condition other = new Conditions(random, b).any();
      form =
          new JoinForms(random, pair.left, pair.right, new Conditions(random, a).any(), other)
              .any();
    }
    judge(number, form, condition, sessions.get(zone));
  }

  private void judge(int number, Form form, Condition condition, Sessions sessions) {
    Verdict verdict = sessions.ask(form.with(condition));
    if (verdict instanceof Verdict.Right) {
      right.incrementAndGet();
    } else if (verdict instanceof Verdict.Refused no) {
      refused.incrementAndGet();
      LOG.debug("Check {} refused: {}", number, no.why());
    } else {
      Condition least = smallest(form, condition, sessions);
      Question question = form.with(least);
      Verdict wrong = sessions.ask(question);
      failures.add(
          "-Dorochi.fuzz.seed=%d -Dorochi.fuzz.only=%d%n%s%n%s%n"
              .formatted(SEED, number, question.sql(), wrong.why()));
    }
  }

  /** The least part of a condition with which the answer is still wrong. */
  private static Condition smallest(Form form, Condition condition, Sessions sessions) {
    for (Condition part : condition.parts()) {
      if (sessions.ask(form.with(part)) instanceof Verdict.Wrong) {
        return smallest(form, part, sessions);
      }
    }
    return condition;
  }
}
