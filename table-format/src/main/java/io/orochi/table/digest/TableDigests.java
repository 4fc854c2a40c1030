package io.orochi.table.digest;

import java.util.Optional;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.InputFile;

/** Finds the digest that the commit of a file recorded. Bounded in memory, safe for threads. */
public final class TableDigests {
  /** Empty if the file came from a foreign writer, or its commit is no longer in the history. */
  public Optional<Digest> digestOf(Table table, ContentFile<?> file) {
    throw new UnsupportedOperationException("the digest room");
  }

  /**
   * Reads the whole file and compares.
   *
   * @throws io.orochi.table.error.OrochiException DATA_FILE_CORRUPT naming file and table;
   *     DATA_FILE_MISSING
   */
  public static void verify(String tableName, InputFile file, Digest expected) {
    throw new UnsupportedOperationException("the digest room");
  }
}
