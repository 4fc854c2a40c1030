package io.orochi.catalog.metastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.catalog.metastore.MetastoreChange.Create;
import io.orochi.catalog.metastore.MetastoreChange.Delete;
import io.orochi.catalog.metastore.MetastoreChange.Replace;
import io.orochi.catalog.metastore.MetastoreKey.Space;
import io.orochi.table.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every backend must do. */
abstract class MetastoreContract {
  private static final MetastoreKey CPU = MetastoreKey.table("metrics", "cpu");
  private static final MetastoreKey MEM = MetastoreKey.table("metrics", "mem");
  private static final MetastoreKey PIPE = MetastoreKey.record("pipeline", "p1");

  private Metastore store;

  /** A store on the same database each time, of a database that was empty before the test. */
  abstract Metastore open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void aCreatedValueIsFoundByEveryoneWhoOpensTheStore() {
    assertThat(store.compareAndSet(List.of(new Create(CPU, "m1")))).isEqualTo(applied());
    assertThat(store.get(CPU)).contains("m1");
    try (Metastore other = open()) {
      assertThat(other.get(CPU)).contains("m1");
    }
  }

  @Test
  void eachSpaceKeepsItsOwnValues() {
    MetastoreKey property = MetastoreKey.namespaceProperty("metrics", "cpu");
    MetastoreKey view = MetastoreKey.view("metrics", "v");
    store.compareAndSet(
        List.of(
            new Create(CPU, "t"),
            new Create(property, "n"),
            new Create(view, "v"),
            new Create(PIPE, "{\"a\": 1}")));
    assertThat(store.get(CPU)).contains("t");
    assertThat(store.get(property)).contains("n");
    assertThat(store.get(view)).contains("v");
    assertThat(store.get(PIPE)).contains("{\"a\": 1}");
    assertThat(store.get(MetastoreKey.table("metrics", "v"))).isEmpty();
    assertThat(store.get(MetastoreKey.view("metrics", "cpu"))).isEmpty();
  }

  @Test
  void aTableAndAViewNeverShareAName() {
    store.compareAndSet(List.of(new Create(CPU, "t")));
    MetastoreKey view = MetastoreKey.view("metrics", "cpu");
    assertThat(store.compareAndSet(List.of(new Create(view, "v"))))
        .isEqualTo(new SwapOutcome.Mismatched(view));
  }

  @Test
  void aMismatchNamesItsKeyAndChangesNothing() {
    store.compareAndSet(List.of(new Create(CPU, "m1"), new Create(MEM, "n1")));
    SwapOutcome outcome =
        store.compareAndSet(
            List.of(
                new Replace(CPU, "m1", "m2"),
                new Replace(MEM, "other", "n2"),
                new Create(PIPE, "x")));
    assertThat(outcome).isEqualTo(new SwapOutcome.Mismatched(MEM));
    assertThat(store.get(CPU)).contains("m1");
    assertThat(store.get(MEM)).contains("n1");
    assertThat(store.get(PIPE)).isEmpty();
  }

  @Test
  void pointersAndRecordsChangeTogether() {
    store.compareAndSet(List.of(new Create(CPU, "m1"), new Create(PIPE, "x")));
    SwapOutcome outcome =
        store.compareAndSet(
            List.of(new Delete(PIPE, "x"), new Replace(CPU, "m1", "m2"), new Create(MEM, "n1")));
    assertThat(outcome).isEqualTo(applied());
    assertThat(store.get(CPU)).contains("m2");
    assertThat(store.get(MEM)).contains("n1");
    assertThat(store.get(PIPE)).isEmpty();
  }

  @Test
  void creatingTwiceAndDeletingWhatIsNotThereAreMismatches() {
    store.compareAndSet(List.of(new Create(CPU, "m1")));
    assertThat(store.compareAndSet(List.of(new Create(CPU, "m1"))))
        .isEqualTo(new SwapOutcome.Mismatched(CPU));
    assertThat(store.compareAndSet(List.of(new Delete(MEM, "n1"))))
        .isEqualTo(new SwapOutcome.Mismatched(MEM));
    assertThat(store.compareAndSet(List.of(new Delete(CPU, "m0"))))
        .isEqualTo(new SwapOutcome.Mismatched(CPU));
  }

  @Test
  void listIsExactAndScanFollowsAPrefixInOrder() {
    for (String group : List.of("a_b", "A_b", "a%", "a_b.c", "axb", "b")) {
      store.compareAndSet(
          List.of(
              new Create(MetastoreKey.record(group, "z"), group),
              new Create(MetastoreKey.record(group, "Y"), group)));
    }
    assertThat(store.list(Space.RECORD, "a_b"))
        .extracting(entry -> entry.key().name())
        .containsExactly("Y", "z");
    assertThat(store.scan(Space.RECORD, "a_b"))
        .extracting(entry -> entry.key().group() + "/" + entry.key().name())
        .containsExactly("a_b/Y", "a_b/z", "a_b.c/Y", "a_b.c/z");
    assertThat(store.scan(Space.RECORD, "")).hasSize(12);
  }

  @Test
  void catalogsOfDifferentNamesDoNotSeeEachOther() {
    store.compareAndSet(List.of(new Create(CPU, "m1")));
    try (Metastore other = open("another")) {
      assertThat(other.get(CPU)).isEmpty();
    }
  }

  /** The same database under another catalog name. */
  abstract Metastore open(String catalogName);

  @Test
  void ofManyWritersExactlyOneWinsEachRound() throws Exception {
    store.compareAndSet(List.of(new Create(CPU, "0"), new Create(MEM, "0")));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> writers = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        writers.add(pool.submit(() -> incrementBoth(25)));
      }
      int increments = 0;
      for (Future<Integer> writer : writers) {
        increments += writer.get();
      }
      assertThat(increments).isEqualTo(100);
      assertThat(store.get(CPU)).contains("100");
      assertThat(store.get(MEM)).contains("100");
    } finally {
      pool.shutdownNow();
    }
  }

  private int incrementBoth(int times) {
    int done = 0;
    try (Metastore own = open()) {
      while (done < times) {
        String now = own.get(CPU).orElseThrow();
        String next = Integer.toString(Integer.parseInt(now) + 1);
        SwapOutcome outcome =
            own.compareAndSet(List.of(new Replace(MEM, now, next), new Replace(CPU, now, next)));
        done += outcome instanceof SwapOutcome.Applied ? 1 : 0;
      }
    }
    return done;
  }

  @Test
  void aLostAnswerIsUnknownAndTheValueIsStored() {
    store.compareAndSet(List.of(new Create(CPU, "m1")));
    try (Fault.Armed lost = Fault.arm("metastore.after-swap", MetastoreContract::lose)) {
      assertThat(store.compareAndSet(List.of(new Replace(CPU, "m1", "m2"))))
          .isInstanceOf(SwapOutcome.Unknown.class);
    }
    assertThat(store.get(CPU)).contains("m2");
  }

  @Test
  void aFailureBeforeTheSwapChangesNothing() {
    try (Fault.Armed down = Fault.arm("metastore.before-swap", MetastoreContract::lose)) {
      assertThatThrownBy(() -> store.compareAndSet(List.of(new Create(CPU, "m1"))))
          .hasMessage("connection lost");
    }
    assertThat(store.get(CPU)).isEmpty();
  }

  private static SwapOutcome applied() {
    return new SwapOutcome.Applied();
  }

  private static void lose() {
    throw new IllegalStateException("connection lost");
  }
}
