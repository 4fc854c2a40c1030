package io.orochi.table.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.orochi.table.TestingTables;
import io.orochi.table.commit.TableCommitter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.PositionOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestTest {
  @TempDir Path folder;

  /** The value that xxhsum -H2 prints for the same bytes. */
  @Test
  void isTheXxh3OfOtherTools() throws Exception {
    Path empty = Files.write(folder.resolve("empty"), new byte[0]);
    assertThat(Digest.of(empty)).hasToString("99aa06d3014798d86001c324468d497f/0");
  }

  @Test
  void streamingInPiecesEqualsHashingAtOnce() throws Exception {
    byte[] bytes = "0123456789abcdef".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
    DigestingFileIO io = io();
    String location = folder.resolve("deep/er/file.bin").toString();
    try (PositionOutputStream stream = io.newOutputFile(location).create()) {
      stream.write(bytes[0]);
      stream.write(bytes, 1, 1_000);
      stream.write(bytes, 1_001, bytes.length - 1_001);
    }

    HashValue128 whole = Hashing.xxh3_128().hashBytesTo128Bits(bytes);
    Digest expected =
        new Digest(whole.getMostSignificantBits(), whole.getLeastSignificantBits(), bytes.length);
    assertThat(io.drainDigests()).isEqualTo(Map.of(location, expected));
    assertThat(io.drainDigests()).isEmpty();
    assertThat(Digest.of(folder.resolve("deep/er/file.bin"))).isEqualTo(expected);
    assertThat(Digest.of(io.newInputFile(location))).isEqualTo(expected);
  }

  @Test
  void aDeletedFileHasNoDigest() throws Exception {
    DigestingFileIO io = io();
    String location = folder.resolve("file.bin").toUri().toString();
    io.newOutputFile(location).create().close();
    io.deleteFile(location);
    assertThat(io.drainDigests()).isEmpty();
  }

  @Test
  void aCopyMadeBySerializationWorks() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
      output.writeObject(io());
    }
    DigestingFileIO copy;
    try (ObjectInputStream input =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (DigestingFileIO) input.readObject();
    }
    String location = folder.resolve("file.bin").toString();
    copy.newOutputFile(location).create().close();
    assertThat(copy.drainDigests()).containsOnlyKeys(location);
  }

  @Test
  void aFlippedBitIsFoundThroughTheTableAndNamesFileAndTable() throws Exception {
    Table table = TestingTables.create(folder);
    new TableCommitter(table, Clock.systemUTC())
        .commit(TestingTables.request(table, "w", 1, 100, Map.of()));
    table.refresh();
    DataFile file = onlyFile(table);
    Digest expected = new TableDigests().digestOf(table, file).orElseThrow();
    TableDigests.verify("db.cpu", table.io().newInputFile(file.location()), expected);

    Path path = Path.of(file.location().replaceFirst("^file:/+", "/"));
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length / 2] ^= 1;
    Files.write(path, bytes);
    Files.deleteIfExists(path.resolveSibling("." + path.getFileName() + ".crc"));

    assertThatThrownBy(
            () -> TableDigests.verify("db.cpu", table.io().newInputFile(file.location()), expected))
        .hasMessageStartingWith("OROCHI-1201: Cannot trust data file: " + file.location())
        .hasMessageContaining("Table db.cpu was committed with digest " + expected)
        .hasMessageContaining("HINT: Restore the file from a backup");
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    Path gone = folder.resolve("gone.parquet");
    assertThatThrownBy(
            () ->
                TableDigests.verify(
                    "db.cpu", io().newInputFile(gone.toString()), new Digest(1, 2, 3)))
        .hasMessageStartingWith("OROCHI-1202: Cannot find data file: " + gone);
  }

  @Test
  void aFileOfAForeignWriterIsUnverified() throws Exception {
    Table table = TestingTables.create(folder);
    table.newAppend().appendFile(TestingTables.write(table, io(), 5)).commit();
    assertThat(new TableDigests().digestOf(table, onlyFile(table))).isEmpty();
  }

  @Test
  void digestsOfLaterCommitsAreFoundByTheSameReader() throws Exception {
    Table table = TestingTables.create(folder);
    TableCommitter committer = new TableCommitter(table, Clock.systemUTC());
    TableDigests digests = new TableDigests();
    for (int sequence = 1; sequence <= 3; sequence++) {
      committer.commit(TestingTables.request(table, "w", sequence, 5, Map.of()));
      table.refresh();
      try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
        for (FileScanTask task : tasks) {
          assertThat(digests.digestOf(table, task.file()))
              .contains(Digest.of(table.io().newInputFile(task.file().location())));
        }
      }
    }
  }

  private static DataFile onlyFile(Table table) throws Exception {
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      return tasks.iterator().next().file();
    }
  }

  private static DigestingFileIO io() {
    return new DigestingFileIO(new HadoopFileIO(new Configuration()));
  }
}
