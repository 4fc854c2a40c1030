package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KernelLimitsITCase {
  private static final String ENDLESS =
      "SELECT count(*) FROM range(10000000) a(i), range(10000000) b(j) WHERE i * j % 7 = 3";

  @TempDir Path folder;
  private TestingKernel kernel;

  @BeforeEach
  void open() {
    kernel = TestingKernel.over(folder);
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  private static void assertCancelled(ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining("Query cancelled")
        .extracting(failure -> ((OrochiException) failure).code())
        .isEqualTo(OrochiErrorCode.QUERY_CANCELLED);
  }

  @Test
  void aRunningQueryIsCancelledFromAnotherThread() {
    try (KernelSession session = kernel.kernel().openSession()) {
      CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(session::cancel);
      assertCancelled(() -> TestingKernel.rows(session, ENDLESS));
    }
  }

  /** An interruption that comes before DuckDB has begun is lost; the session repeats it. */
  @RepeatedTest(20)
  void aCancelAtAnyMomentAroundTheStartIsNotLost() throws Exception {
    try (KernelSession session = kernel.kernel().openSession()) {
      CountDownLatch start = new CountDownLatch(1);
      CompletableFuture<Void> cancelling =
          CompletableFuture.runAsync(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                session.cancel();
              });
      start.countDown();
      assertCancelled(() -> TestingKernel.rows(session, ENDLESS));
      cancelling.get();
    }
  }

  @Test
  void otherSessionsOutliveACancelledOne() {
    try (KernelSession cancelled = kernel.kernel().openSession();
        KernelSession other = kernel.kernel().openSession()) {
      cancelled.cancel();
      assertCancelled(() -> TestingKernel.rows(cancelled, "SELECT 1"));
      assertThat(TestingKernel.rows(other, "SELECT 1")).containsExactly("{1}");
    }
  }

  @Test
  void aHungryQueryFailsWithinItsMemoryAndTheKernelGoesOn() throws IOException {
    try (KernelSession session = kernel.kernel().openSession()) {
      long before = residentKilobytes();
      assertThatThrownBy(
              () ->
                  TestingKernel.rows(
                      session,
                      "SELECT length(string_agg(i::VARCHAR || repeat('x', 1000), ','))"
                          + " FROM range(5000000) t(i)"))
          .hasMessageContaining("Cannot run the query within its memory")
          .hasMessageContaining("HINT: Filter more")
          .extracting(failure -> ((OrochiException) failure).code())
          .isEqualTo(OrochiErrorCode.KERNEL_OUT_OF_MEMORY);
      assertThat(residentKilobytes() - before).isLessThan(3 * TestingKernel.MEMORY / 1024);
    }
    try (KernelSession session = kernel.kernel().openSession()) {
      assertThat(TestingKernel.rows(session, "SELECT 1")).containsExactly("{1}");
    }
  }

  @Test
  void aSortLargerThanMemorySpillsAndOneLargerThanTheTempSpaceFails() throws IOException {
    KernelConfig small = TestingKernel.config(folder.resolve("small"));
    KernelConfig config =
        new KernelConfig(
            64L << 20,
            2,
            small.tempFolder(),
            1L << 30,
            small.cacheFolder(),
            small.allowedFolders());
    String sort =
        "SELECT count(*), min(length(s)) FROM (SELECT hash(i) h, repeat('y', 40) || i s"
            + " FROM range(%d) t(i) ORDER BY h LIMIT 100000000 OFFSET 1)";
    try (Kernel spilling = Kernel.open(config);
        KernelSession session = spilling.openSession()) {
      assertThat(TestingKernel.rows(session, String.format(sort, 3_000_000)))
          .containsExactly("{2999999|41}");
    }
    assertThat(Files.list(small.tempFolder())).isEmpty();
    KernelConfig tiny =
        new KernelConfig(64L << 20, 2, small.tempFolder(), 1 << 20, small.cacheFolder(), List.of());
    try (Kernel kernelWithoutSpace = Kernel.open(tiny);
        KernelSession session = kernelWithoutSpace.openSession()) {
      assertThatThrownBy(() -> TestingKernel.rows(session, String.format(sort, 3_000_000)))
          .hasMessageContaining("Cannot run the query within its memory");
    }
  }

  @Test
  void manySessionsAnswerAtTheSameTime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Callable<List<String>>> queries = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int n = i;
      queries.add(
          () -> {
            try (KernelSession session = kernel.kernel().openSession()) {
              return TestingKernel.rows(
                  session, "SELECT count(*), ? FROM range(100000)", String.valueOf(n));
            }
          });
    }
    try {
      List<Future<List<String>>> answers =
          threads.invokeAll(queries, Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).containsExactly("{100000|" + i + "}");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closingTheKernelEndsWhatRuns() {
    KernelSession session = kernel.kernel().openSession();
    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(kernel::close);
    assertThatThrownBy(() -> TestingKernel.rows(session, ENDLESS))
        .isInstanceOf(OrochiException.class);
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
