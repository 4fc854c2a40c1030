package io.orochi.connectors.file.format;

import io.orochi.connectors.file.FileSourceConfig;
import io.orochi.connectors.file.split.FileSplit;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/** Opens the reader of a file's kind. */
public final class RecordReaders {
  private static final int BUFFER_BYTES = 256 * 1024;

  private RecordReaders() {}

  /**
   * @param bytesRead is told how many more bytes of the file were read, before decompression
   * @throws OrochiException INPUT_NOT_FOUND, INPUT_TRUNCATED
   */
  public static RecordReader open(FileSplit split, FileSourceConfig config, LongConsumer bytesRead)
      throws IOException {
    try {
      return switch (split.kind()) {
        case CSV, CSV_GZ -> new CsvRecordReader(split, config, text(split, bytesRead));
        case JSON, JSON_GZ -> new JsonRecordReader(split, config, text(split, bytesRead));
        case PARQUET -> new ParquetRecordReader(split, config, bytesRead);
      };
    } catch (NoSuchFileException e) {
      throw OrochiException.of(OrochiErrorCode.INPUT_NOT_FOUND, "Cannot find " + split.path())
          .withHint("It was there when the source looked; put it back, or leave it out.")
          .causedBy(e);
    } catch (EOFException e) {
      throw truncated(split, split.ordinal(), e);
    }
  }

  private static Reader text(FileSplit split, LongConsumer bytesRead) throws IOException {
    InputStream bytes =
        new CountingInputStream(Files.newInputStream(Path.of(split.path())), bytesRead);
    try {
      InputStream plain =
          split.kind().isGzipped()
              ? new GZIPInputStream(bytes, BUFFER_BYTES)
              : new BufferedInputStream(bytes, BUFFER_BYTES);
      return new InputStreamReader(plain, StandardCharsets.UTF_8);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /**
   * @param records how many could be read
   */
  static OrochiException truncated(FileSplit split, long records, Throwable cause) {
    return OrochiException.of(
            OrochiErrorCode.INPUT_TRUNCATED, "Cannot read %s to its end".formatted(split.path()))
        .withDetail("It is cut off or damaged after record %d.".formatted(records))
        .withHint(
            "Repair the file and run the same command again: it continues after the records"
                + " already in the table.")
        .causedBy(cause);
  }

  /** Whether a failure means that the file's bytes end or break too early. */
  static boolean isTruncation(Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 16; t = t.getCause(), depth++) {
      if (t instanceof EOFException || t instanceof java.util.zip.ZipException) {
        return true;
      }
    }
    return false;
  }
}
