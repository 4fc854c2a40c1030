package io.orochi.batch.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.orochi.table.error.OrochiException;
import io.orochi.table.integrity.Verdict;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.ManifestFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrubJobITCase {
  @TempDir private Path folder;
  private TestingTable cpu;

  @BeforeEach
  void createTable() {
    cpu = new TestingTable(folder, "cpu");
  }

  @AfterEach
  void closeCatalog() throws Exception {
    cpu.close();
  }

  @Test
  void everyFileOfAWholeTableIsVerified() throws Exception {
    long bytes = 0;
    for (int file = 0; file < 5; file++) {
      bytes += Files.size(cpu.append(1_000 + file));
    }

    ScrubReport report = scrub();

    assertThat(report.isClean()).isTrue();
    assertThat(report.files()).containsEntry(Verdict.VERIFIED, 5L);
    assertThat(report.bytes()).isEqualTo(bytes);
    assertThat(report.snapshotId()).isEqualTo(cpu.table().currentSnapshot().snapshotId());
  }

  @Test
  void oneFlippedBitIsFoundAndItsFileNamed() throws Exception {
    cpu.append(1_000);
    Path damaged = cpu.append(1_000);
    cpu.append(1_000);
    TestingTable.flipOneBit(damaged);

    ScrubReport report = scrub();

    assertThat(report.files())
        .containsEntry(Verdict.VERIFIED, 2L)
        .containsEntry(Verdict.CORRUPT, 1L);
    assertThat(report.damage())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(TestingTable.onDisk(found.location())).isEqualTo(damaged);
              assertThat(found.detail()).isNotEmpty();
            });
    assertThat(report.text()).containsPattern("corrupt: .*" + damaged.getFileName());
  }

  @Test
  void aShortenedFileAndAMissingFileAreFound() throws Exception {
    Path shortened = cpu.append(1_000);
    Path missing = cpu.append(1_000);
    try (RandomAccessFile bytes = new RandomAccessFile(shortened.toFile(), "rw")) {
      bytes.setLength(bytes.length() - 1);
    }
    Files.delete(missing);

    ScrubReport report = scrub();

    assertThat(report.damage())
        .extracting(Finding::kind, found -> TestingTable.onDisk(found.location()))
        .containsExactly(tuple(Verdict.CORRUPT, shortened), tuple(Verdict.MISSING, missing));
  }

  @Test
  void aFileOfAForeignWriterIsPresentButUnverified() throws Exception {
    cpu.append(10);
    cpu.appendForeign(10);

    ScrubReport report = scrub();

    assertThat(report.isClean()).isTrue();
    assertThat(report.files())
        .containsEntry(Verdict.VERIFIED, 1L)
        .containsEntry(Verdict.UNVERIFIED, 1L);
  }

  @Test
  void anEmptyTableIsClean() throws Exception {
    ScrubReport report = scrub();

    assertThat(report.isClean()).isTrue();
    assertThat(report.files().values()).containsOnly(0L);
  }

  @Test
  void aMissingManifestEndsTheScrubAndIsNamed() throws Exception {
    cpu.append(10);
    ManifestFile manifest = cpu.table().currentSnapshot().allManifests(cpu.table().io()).get(0);
    Files.delete(TestingTable.onDisk(manifest.path()));

    assertThatThrownBy(this::scrub)
        .satisfies(
            failure ->
                assertThat(OrochiException.findIn(failure).map(Throwable::getMessage))
                    .hasValueSatisfying(
                        text ->
                            assertThat(text).contains("Cannot read manifest", manifest.path())));
  }

  private ScrubReport scrub() throws Exception {
    try (StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(2)) {
      return new ScrubJob(cpu.table()).run(flink);
    }
  }
}
