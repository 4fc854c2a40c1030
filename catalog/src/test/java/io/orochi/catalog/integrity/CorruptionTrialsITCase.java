package io.orochi.catalog.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.error.ErrorType;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Damages one file at a time and reads the table in a new catalog and a new kernel. The same run
 * over tables whose writer left no digests shows what the digests are there for.
 */
class CorruptionTrialsITCase {
  private static final Logger LOG = LoggerFactory.getLogger(CorruptionTrialsITCase.class);
  private static final int ROUNDS = 13;
  private static final int COMMITS = 4;

  @TempDir Path folder;

  /** How the reads of one run ended. */
  private static final class Tally {
    private int trials;
    private int detected;
    private int silent;
    private final List<String> missed = new ArrayList<>();
  }

  @Test
  void everyDamageIsDetectedBeforeARowIsReturned() throws IOException {
    TestingLake lake = new TestingLake(folder);
    try (OrochiIcebergCatalog catalog = lake.open()) {
      for (int format : new int[] {2, 3}) {
        Table table = TestingLake.create(catalog, "t" + format, format);
        for (int commit = 0; commit < COMMITS; commit++) {
          DataFile file = lake.append(table, commit * 1_000L);
          lake.delete(table, file, commit, 10 + commit, 300);
        }
      }
    }
    Tally tally = run(lake);
    LOG.info("{} of {} with digests detected", tally.detected, tally.trials);
    assertThat(tally.missed).isEmpty();
    assertThat(tally.trials).isGreaterThanOrEqualTo(500);
    assertThat(tally.detected).isEqualTo(tally.trials);
  }

  @Test
  void withoutDigestsTheSameDamageAnswersWronglyAndSilently() throws IOException {
    TestingLake lake = new TestingLake(folder);
    lake.open().close();
    try (JdbcCatalog catalog = lake.openForeign()) {
      for (int format : new int[] {2, 3}) {
        Table table = TestingLake.create(catalog, "t" + format, format);
        for (int commit = 0; commit < COMMITS; commit++) {
          DataFile file = TestingLake.appendForeign(table, commit * 1_000L);
          TestingLake.deleteForeign(table, file, commit, 10 + commit, 300);
        }
      }
    }
    Tally tally = run(lake);
    LOG.info("{} of {} without digests answered wrongly", tally.silent, tally.trials);
    assertThat(tally.silent).isGreaterThan(0);
  }

  private static Tally run(TestingLake lake) throws IOException {
    Tally tally = new Tally();
    for (int format : new int[] {2, 3}) {
      String name = "t" + format;
      String truth = lake.sums(name);
      for (FileKind kind : FileKind.values()) {
        List<Path> live;
        List<Path> ever;
        try (OrochiIcebergCatalog catalog = lake.open()) {
          Table table = catalog.loadTable(TableIdentifier.of("db", name));
          live = kind.live(table);
          ever = kind.ever(table);
        }
        Random random = new Random(kind.ordinal() * 31L + format);
        for (Damage damage : Damage.values()) {
          for (int round = 0; round < ROUNDS && !live.isEmpty(); round++) {
            Path file = live.get(random.nextInt(live.size()));
            byte[] sound = Files.readAllBytes(file);
            byte[] damaged = damage.of(file, ever, random);
            if (!Arrays.equals(sound, damaged)) {
              Files.write(file, damaged);
              tally.trials++;
              count(tally, lake, name, truth, file, kind + " " + damage);
              Files.write(file, sound);
            }
          }
        }
      }
      assertThat(lake.sums(name)).as("after all repairs").isEqualTo(truth);
    }
    return tally;
  }

  private static void count(
      Tally tally, TestingLake lake, String name, String truth, Path file, String what) {
    try {
      String answer = lake.sums(name);
      tally.silent += answer.equals(truth) ? 0 : 1;
      tally.missed.add(what + ": answered " + answer);
    } catch (OrochiException coded) {
      if (coded.code().type() == ErrorType.CORRUPTION
          && coded.getMessage().contains(file.getFileName().toString())) {
        tally.detected++;
      } else {
        tally.missed.add(what + ": " + coded.code() + " " + coded.getMessage());
      }
    } catch (RuntimeException uncoded) {
      tally.missed.add(what + ": " + uncoded);
    }
  }
}
