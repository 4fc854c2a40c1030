package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.digest.Digest;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.scan.ScanRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileIntegrityTest {
  private static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "id", Types.LongType.get()),
          NestedField.required(2, "value", Types.DoubleType.get()));

  @TempDir Path folder;
  private Table table;
  private Path file;

  @BeforeEach
  void write() {
    TestingLake lake = new TestingLake(folder);
    table =
        lake.create(
            "t",
            2,
            SCHEMA,
            PartitionSpec.unpartitioned(),
            java.util.Map.of("write.parquet.compression-codec", "uncompressed"));
    List<Record> rows =
        IntStream.range(0, 1000).mapToObj(i -> TestingLake.row(SCHEMA, (long) i, i * 0.5)).toList();
    DataFile data = lake.commit(table, rows).get(0);
    file = pathOf(data.location());
  }

  /** Flips one bit in the middle of the values. */
  private void flipBit() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 0x10;
    Files.write(file, bytes);
  }

  private List<String> sum(TestingKernel kernel) {
    return kernel.query(
        table, ScanRequest.everything(), "SELECT count(*), sum(id), sum(value) FROM %s");
  }

  @Test
  void soundFilesAreVerifiedOnce() {
    try (TestingKernel kernel = TestingKernel.over(folder);
        KernelSession session = kernel.kernel().openSession()) {
      session.register(kernel.planner().plan(table, ScanRequest.everything()));
      assertThat(session.verifiedFiles()).isEqualTo(1);
      assertThat(session.unverifiedFiles()).isZero();
      assertThat(sum(kernel)).containsExactly("{1000|499500|249750.0}");
    }
  }

  @Test
  void aFlippedBitIsRefusedNamingFileAndTable() throws IOException {
    flipBit();
    try (TestingKernel kernel = TestingKernel.over(folder)) {
      assertThatThrownBy(() -> sum(kernel))
          .isInstanceOf(OrochiException.class)
          .hasMessageContaining("Cannot trust data file")
          .hasMessageContaining(file.getFileName().toString())
          .hasMessageContaining(table.name())
          .extracting(failure -> ((OrochiException) failure).code())
          .isEqualTo(OrochiErrorCode.DATA_FILE_CORRUPT);
    }
  }

  /** Why the digests are there: without them the same file gives another answer. */
  @Test
  void withoutVerificationAFlippedBitAnswersWrongly() throws IOException {
    flipBit();
    try (TestingKernel kernel = TestingKernel.over(folder, (t, f) -> Optional.empty());
        KernelSession session = kernel.kernel().openSession()) {
      session.register(kernel.planner().plan(table, ScanRequest.everything()));
      assertThat(session.unverifiedFiles()).isEqualTo(1);
      assertThat(sum(kernel)).doesNotContain("{1000|499500|249750.0}");
    }
  }

  @Test
  void aFileThatChangesAfterItsFirstUseIsCheckedAgain() throws IOException {
    try (TestingKernel kernel = TestingKernel.over(folder)) {
      sum(kernel);
      Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));
      flipBit();
      assertThatThrownBy(() -> sum(kernel)).hasMessageContaining("Cannot trust data file");
    }
  }

  /** The kernel does not look itself whether a file it has read before is still the same. */
  @Test
  void aFileWithoutADigestThatChangesAfterItsFirstUseIsRefused() throws IOException {
    try (TestingKernel kernel = TestingKernel.over(folder, (t, f) -> Optional.empty())) {
      sum(kernel);
      flipBit();
      Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));
      assertThatThrownBy(() -> sum(kernel)).hasMessageContaining("It changed after it was first");
    }
  }

  @Test
  void aVerifiedFileMayBeRestoredInPlace() throws IOException {
    byte[] sound = Files.readAllBytes(file);
    try (TestingKernel kernel = TestingKernel.over(folder)) {
      sum(kernel);
      flipBit();
      Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));
      assertThatThrownBy(() -> sum(kernel)).hasMessageContaining("Cannot trust data file");
      Files.write(file, sound);
      assertThat(sum(kernel)).containsExactly("{1000|499500|249750.0}");
    }
  }

  /** What was decoded of deletes is remembered, but not beyond a change of their file. */
  @Test
  void aDeletionVectorThatChangesAfterItsFirstUseIsCheckedAgain() throws IOException {
    Table vectors = new TestingLake(folder).create("v", 3, SCHEMA, PartitionSpec.unpartitioned());
    List<Record> rows =
        IntStream.range(0, 1000).mapToObj(i -> TestingLake.row(SCHEMA, (long) i, 0.0)).toList();
    DataFile data = TestingLake.append(vectors, rows).get(0);
    TestingLake.deleteByVector(vectors, Map.of(data, new long[] {0, 10, 500}));
    vectors.refresh();
    Path vector = pathOf(TestingLake.tasks(vectors).get(0).deletes().get(0).location());
    byte[] sound = Files.readAllBytes(vector);
    Digest digest = Digest.of(sound);
    try (TestingKernel kernel =
        TestingKernel.over(
            folder,
            (t, f) -> f.content() == FileContent.DATA ? Optional.empty() : Optional.of(digest))) {
      assertThat(kernel.rows(vectors)).hasSize(997);
      byte[] bytes = sound.clone();
      bytes[bytes.length / 3] ^= 0x10;
      Files.write(vector, bytes);
      Files.setLastModifiedTime(vector, java.nio.file.attribute.FileTime.fromMillis(1));
      assertThatThrownBy(() -> kernel.rows(vectors)).hasMessageContaining("Cannot trust");
      Files.write(vector, sound);
      assertThat(kernel.rows(vectors)).hasSize(997);
    }
  }

  private static Path pathOf(String location) {
    return Path.of(location.replaceFirst("^file:(//)?", ""));
  }

  @Test
  void aTruncatedFileIsRefusedEvenWithoutADigest() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 100));
    try (TestingKernel kernel = TestingKernel.over(folder, (t, f) -> Optional.empty())) {
      assertThatThrownBy(() -> sum(kernel))
          .hasMessageContaining("Cannot trust data file")
          .hasMessageContaining("bytes and was written with");
    }
  }

  @Test
  void aFileThatIsNotParquetAtAllIsACodedError() throws IOException {
    Files.write(file, new byte[Math.toIntExact(Files.size(file))]);
    try (TestingKernel kernel = TestingKernel.over(folder, (t, f) -> Optional.empty())) {
      assertThatThrownBy(() -> sum(kernel))
          .hasMessageContaining("Cannot trust data file")
          .extracting(failure -> ((OrochiException) failure).code())
          .isEqualTo(OrochiErrorCode.DATA_FILE_CORRUPT);
    }
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(file);
    try (TestingKernel kernel = TestingKernel.over(folder)) {
      assertThatThrownBy(() -> sum(kernel))
          .hasMessageContaining("Cannot find data file")
          .hasMessageContaining(file.getFileName().toString())
          .extracting(failure -> ((OrochiException) failure).code())
          .isEqualTo(OrochiErrorCode.DATA_FILE_MISSING);
    }
  }
}
