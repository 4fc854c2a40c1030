package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.kernel.files.FileCopies;
import io.orochi.table.kernel.scan.ScanPlanner;
import io.orochi.table.kernel.scan.ScanRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files outside the allowed folders stand for remote ones: both come through the cache. */
class FileCacheTest {
  private static final Schema SCHEMA =
      new Schema(NestedField.required(1, "id", Types.LongType.get()));

  @TempDir Path remote;
  @TempDir Path local;
  private Table table;

  @BeforeEach
  void write() {
    table = new TestingLake(remote).create("t", 2, SCHEMA, PartitionSpec.unpartitioned());
    for (int file = 0; file < 4; file++) {
      int first = file * 10_000;
      TestingLake.append(
          table,
          IntStream.range(first, first + 10_000)
              .mapToObj(i -> TestingLake.row(SCHEMA, (long) i))
              .toList());
    }
  }

  private Kernel kernel(long cacheBytes) {
    return Kernel.open(
        new KernelConfig(
            TestingKernel.MEMORY,
            2,
            local.resolve("tmp"),
            0,
            local.resolve("cache"),
            cacheBytes,
            List.of(local.resolve("warehouse"))));
  }

  private List<String> sum(Kernel kernel) {
    try (KernelSession session = kernel.openSession()) {
      String name = session.register(new ScanPlanner().plan(table, ScanRequest.everything()));
      return TestingKernel.rows(session, "SELECT count(*), sum(id)::BIGINT FROM " + name);
    }
  }

  private List<Path> copies() throws IOException {
    try (Stream<Path> files = Files.list(local.resolve("cache"))) {
      return files.toList();
    }
  }

  @Test
  void remoteFilesAreCopiedOnceAndSurviveARestart() throws IOException {
    try (Kernel kernel = kernel(1 << 30)) {
      assertThat(sum(kernel)).containsExactly("{40000|799980000}");
    }
    List<Path> copies = copies();
    assertThat(copies).hasSize(4);
    List<Long> written = new ArrayList<>();
    for (Path copy : copies) {
      written.add(Files.getLastModifiedTime(copy).toMillis());
    }
    try (Kernel kernel = kernel(1 << 30)) {
      assertThat(sum(kernel)).containsExactly("{40000|799980000}");
    }
    for (int i = 0; i < copies.size(); i++) {
      assertThat(Files.getLastModifiedTime(copies.get(i)).toMillis()).isEqualTo(written.get(i));
    }
  }

  @Test
  void aSessionTellsWhichCopiesItFoundAndWhichItMade() throws IOException {
    long bytes =
        TestingLake.tasks(table).stream().mapToLong(task -> task.file().fileSizeInBytes()).sum();
    long one = TestingLake.tasks(table).get(0).file().fileSizeInBytes();
    try (Kernel kernel = kernel(1 << 30)) {
      assertThat(copiesOf(kernel, Map.of())).isEqualTo(new FileCopies(0, 0, 4, bytes));
      assertThat(copiesOf(kernel, Map.of())).isEqualTo(new FileCopies(0, 4, 0, 0));
      String location = TestingLake.tasks(table).get(0).file().location();
      assertThat(copiesOf(kernel, Map.of(location, one))).isEqualTo(new FileCopies(0, 3, 1, one));
    }
  }

  private FileCopies copiesOf(Kernel kernel, Map<String, Long> fetchedBefore) {
    try (KernelSession session = kernel.openSession()) {
      session.register(new ScanPlanner().plan(table, ScanRequest.everything()));
      return session.copies(fetchedBefore);
    }
  }

  @Test
  void aCacheTooSmallForOneQueryStillAnswersAndShrinksAfterwards() throws IOException {
    try (Kernel kernel = kernel(1)) {
      assertThat(sum(kernel)).containsExactly("{40000|799980000}");
      assertThat(sum(kernel)).containsExactly("{40000|799980000}");
    }
  }

  @Test
  void manySessionsFetchTheSameFilesTogether() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Kernel kernel = kernel(1 << 30)) {
      List<Callable<List<String>>> queries = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        queries.add(() -> sum(kernel));
      }
      for (Future<List<String>> answer : threads.invokeAll(queries)) {
        assertThat(answer.get()).containsExactly("{40000|799980000}");
      }
      assertThat(copies()).hasSize(4);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aRottenCopyIsFetchedAgain() throws IOException {
    try (Kernel kernel = kernel(1 << 30)) {
      sum(kernel);
    }
    Path copy = copies().get(0);
    Files.write(copy, new byte[3]);
    try (Kernel kernel = kernel(1 << 30)) {
      assertThat(sum(kernel)).containsExactly("{40000|799980000}");
    }
  }

  @Test
  void aMissingRemoteFileIsNamed() throws IOException {
    String location = TestingLake.tasks(table).get(0).file().location();
    Files.delete(Path.of(location.replaceFirst("^file:(//)?", "")));
    try (Kernel kernel = kernel(1 << 30)) {
      assertThatThrownBy(() -> sum(kernel))
          .hasMessageContaining("Cannot find data file " + location);
    }
  }
}
