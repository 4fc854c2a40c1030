package io.orochi.gateway.statement.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ServerThreadsTest {
  /** With Flink's default handler this test ends its JVM. */
  @Test
  void aTaskThatThrowsEndsNeitherTheProcessNorThePool() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor(ServerThreads.named("orochi-test"));
    try {
      CountDownLatch started = new CountDownLatch(1);
      pool.execute(
          () -> {
            started.countDown();
            throw new StackOverflowError("thrown by a test");
          });
      started.await();
      assertThat(pool.submit(() -> Thread.currentThread().isDaemon()).get()).isTrue();
    } finally {
      pool.shutdownNow();
    }
  }
}
