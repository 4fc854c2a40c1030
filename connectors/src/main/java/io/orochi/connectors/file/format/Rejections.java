package io.orochi.connectors.file.format;

import io.orochi.connectors.element.RejectedRecord;
import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.file.FileSourceConfig;
import io.orochi.connectors.file.split.FileSplit;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;

/** Does with bad records of one file what the user wants. */
final class Rejections {
  private static final int RAW_CHARACTERS = 8192;

  private final FileSplit split;
  private final FileSourceConfig config;

  Rejections(FileSplit split, FileSourceConfig config) {
    this.split = split;
    this.config = config;
  }

  /**
   * @param line from 1
   * @throws OrochiException INPUT_ROW_INVALID if bad records are errors
   */
  SourceElement reject(long ordinal, long line, String raw, InvalidValue invalid) {
    return switch (config.badRecords().onError()) {
      case FAIL ->
          throw OrochiException.of(
                  OrochiErrorCode.INPUT_ROW_INVALID,
                  "Invalid record in %s, line %d".formatted(split.path(), line))
              .withDetail(
                  invalid.column().isEmpty()
                      ? invalid.getMessage()
                      : "Column \"%s\": %s".formatted(invalid.column(), invalid.getMessage()))
              .withHint(
                  "Correct the file, or leave such records out with --on-error skip, or put them"
                      + " aside with --on-error dead-letter.");
      case SKIP, DEAD_LETTER ->
          new SourceElement.Rejected(
              split.splitId(),
              ordinal,
              new RejectedRecord(
                  split.path(),
                  line,
                  invalid.column(),
                  raw.length() > RAW_CHARACTERS ? raw.substring(0, RAW_CHARACTERS) : raw,
                  invalid.getMessage()));
    };
  }
}
