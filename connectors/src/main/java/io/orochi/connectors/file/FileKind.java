package io.orochi.connectors.file;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a file holds; text may be gzipped. */
public enum FileKind {
  CSV,
  CSV_GZ,
  JSON,
  JSON_GZ,
  PARQUET;

  /** Tells by the name's ending; empty if it says nothing. */
  public static Optional<FileKind> ofName(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    boolean gzipped = name.endsWith(".gz");
    String stem = gzipped ? name.substring(0, name.length() - 3) : name;
    if (stem.endsWith(".csv") || stem.endsWith(".tsv")) {
      return Optional.of(gzipped ? CSV_GZ : CSV);
    }
    if (stem.endsWith(".json") || stem.endsWith(".jsonl") || stem.endsWith(".ndjson")) {
      return Optional.of(gzipped ? JSON_GZ : JSON);
    }
    return stem.endsWith(".parquet") && !gzipped ? Optional.of(PARQUET) : Optional.empty();
  }

  /**
   * The kind a user named, for a file whose ending still tells whether it is gzipped.
   *
   * @param format csv, json or parquet
   */
  public static FileKind named(String format, Path file) {
    boolean gzipped = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "csv" -> gzipped ? CSV_GZ : CSV;
      case "json", "jsonl" -> gzipped ? JSON_GZ : JSON;
      case "parquet" -> PARQUET;
      default ->
          throw OrochiException.of(
                  OrochiErrorCode.INPUT_FORMAT_UNKNOWN, "Unknown format: " + format)
              .withHint("Use csv, json or parquet.");
    };
  }

  public boolean isGzipped() {
    return this == CSV_GZ || this == JSON_GZ;
  }
}
