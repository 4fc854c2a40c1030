package io.orochi.gateway.kernel.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.gateway.kernel.KernelCursor;
import io.orochi.gateway.plan.KernelQuery;
import io.orochi.gateway.plan.Reuse;
import io.orochi.gateway.plan.sql.SqlTemplate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResultCacheTest {
  private static final KernelQuery QUERY =
      new KernelQuery(
          SqlTemplate.of("SELECT 1"),
          List.of(),
          ZoneId.of("UTC"),
          false,
          List.of(),
          Reuse.SAME_SNAPSHOTS);

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void nothingIsLeft() {
    allocator.close();
  }

  @Test
  void anAnswerReadToItsEndIsGivenAgain() throws IOException {
    ResultCache cache = new ResultCache(1 << 20, Clock.systemUTC());
    assertThat(cache.find(key("a", 1L), QUERY, allocator)).isEmpty();
    assertThat(compute(cache, key("a", 1L), 3)).isEqualTo(3);
    assertThat(read(cache.find(key("a", 1L), QUERY, allocator))).isEqualTo(3);
    assertThat(cache.find(key("a", 2L), QUERY, allocator)).isEmpty();
    assertThat(cache.find(key("b", 1L), QUERY, allocator)).isEmpty();
  }

  @Test
  void anAnswerNotReadToItsEndIsNotKept() throws IOException {
    ResultCache cache = new ResultCache(1 << 20, Clock.systemUTC());
    try (KernelCursor cursor = cache.recording(key("a", 1L), cursor(3), allocator)) {
      assertThat(cursor.reader().loadNextBatch()).isTrue();
    }
    assertThat(cache.find(key("a", 1L), QUERY, allocator)).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void theLeastRecentlyUsedAnswersLeave() throws IOException {
    ResultCache cache = new ResultCache(64 << 10, Clock.systemUTC());
    for (int i = 0; i < 100; i++) {
      compute(cache, key("q" + i, 1L), 500);
      assertThat(read(cache.find(key("q0", 1L), QUERY, allocator))).isEqualTo(500);
      assertThat(cache.bytes()).isLessThanOrEqualTo(64 << 10);
    }
    assertThat(cache.find(key("q1", 1L), QUERY, allocator)).isEmpty();
    assertThat(read(cache.find(key("q99", 1L), QUERY, allocator))).isEqualTo(500);
  }

  @Test
  void aLargeAnswerIsNotKept() throws IOException {
    ResultCache cache = new ResultCache(64 << 10, Clock.systemUTC());
    assertThat(compute(cache, key("a", 1L), 10_000)).isEqualTo(10_000);
    assertThat(cache.find(key("a", 1L), QUERY, allocator)).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  private static ResultKey key(String sql, Long snapshot) {
    return new ResultKey(sql, List.of(new ResultKey.Input("t", "id", snapshot, "")), "UTC");
  }

  private long compute(ResultCache cache, ResultKey key, int rows) throws IOException {
    return read(Optional.of(cache.recording(key, cursor(rows), allocator)));
  }

  private static long read(Optional<KernelCursor> found) throws IOException {
    try (KernelCursor cursor = found.orElseThrow()) {
      long rows = 0;
      while (cursor.reader().loadNextBatch()) {
        rows += cursor.reader().getVectorSchemaRoot().getRowCount();
      }
      return rows;
    }
  }

  private KernelCursor cursor(int rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (IntVector numbers = new IntVector("n", allocator)) {
      numbers.allocateNew(rows);
      for (int i = 0; i < rows; i++) {
        numbers.set(i, i);
      }
      numbers.setValueCount(rows);
      try (VectorSchemaRoot root = VectorSchemaRoot.of(numbers);
          ArrowStreamWriter writer =
              new ArrowStreamWriter(
                  root,
                  new DictionaryProvider.MapDictionaryProvider(),
                  Channels.newChannel(bytes))) {
        writer.start();
        writer.writeBatch();
        writer.end();
      }
    }
    return new ReplayCursor(bytes.toByteArray(), List.of(), allocator);
  }
}
