package io.orochi.stream.command;

import io.orochi.connectors.file.FileKind;
import io.orochi.connectors.file.enumerator.FileFinder;
import io.orochi.connectors.file.format.CsvFormat;
import io.orochi.connectors.file.split.FileKey;
import io.orochi.connectors.file.split.FileLedger;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.sniff.FileSniffer;
import io.orochi.table.kernel.sniff.SniffedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.iceberg.Schema;

/**
 * The files of one run, as they are when it begins.
 *
 * @param files in path order
 * @param sample what the first file holds; null if there is no file yet
 */
public record Input(SortedMap<Path, FileKind> files, SniffedFile sample) {
  public static Input look(List<String> paths, String format) {
    try {
      SortedMap<Path, FileKind> files = new FileFinder(paths, format).find();
      SniffedFile sample =
          files.isEmpty()
              ? null
              : FileSniffer.create().sniff(files.firstKey(), formatOf(files.get(files.firstKey())));
      return new Input(files, sample);
    } catch (IOException e) {
      throw OrochiException.of(OrochiErrorCode.INPUT_NOT_FOUND, "Cannot look for files")
          .withDetail(String.valueOf(e))
          .causedBy(e);
    }
  }

  private static FileSniffer.Format formatOf(FileKind kind) {
    return switch (kind) {
      case CSV, CSV_GZ -> FileSniffer.Format.CSV;
      case JSON, JSON_GZ -> FileSniffer.Format.JSON;
      case PARQUET -> FileSniffer.Format.PARQUET;
    };
  }

  /**
   * The columns of a table made for these files.
   *
   * @throws OrochiException INPUT_NOT_FOUND if there is no file to tell them
   */
  public Schema schema() {
    if (sample == null) {
      throw OrochiException.of(
              OrochiErrorCode.INPUT_NOT_FOUND, "Cannot create a table without any file")
          .withHint("Put a file into the folder first, or create the table with SQL.");
    }
    return sample.schema();
  }

  /** From the earliest to the latest time in the first file, as far as can be told. */
  public Duration timeSpan(String column) {
    return files.isEmpty()
        ? Duration.ZERO
        : FileSniffer.create()
            .timeSpan(files.firstKey(), formatOf(files.get(files.firstKey())), column);
  }

  public CsvFormat csv() {
    return Optional.ofNullable(sample)
        .map(SniffedFile::dialect)
        .map(
            dialect ->
                new CsvFormat(
                    dialect.delimiter().isEmpty() ? ',' : dialect.delimiter().charAt(0),
                    dialect.quote().isEmpty() ? '"' : dialect.quote().charAt(0),
                    dialect.header(),
                    dialect.skippedLines(),
                    dialect.timestampPattern(),
                    dialect.datePattern()))
        .orElse(CsvFormat.DEFAULT);
  }

  /** Those that earlier runs have not read to their end, with what is left of them. */
  public Remaining remaining(Map<String, String> positions) {
    FileLedger ledger = new FileLedger(positions);
    int count = 0;
    long bytes = 0;
    for (Path file : files.keySet()) {
      try {
        if (!ledger.isDone(FileKey.of(file))) {
          count++;
          bytes += Files.size(file);
        }
      } catch (IOException e) {
        throw OrochiException.of(OrochiErrorCode.INPUT_NOT_FOUND, "Cannot read " + file)
            .withDetail(String.valueOf(e))
            .causedBy(e);
      }
    }
    return new Remaining(count, bytes);
  }

  public record Remaining(int files, long bytes) {}
}
