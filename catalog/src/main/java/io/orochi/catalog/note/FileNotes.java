package io.orochi.catalog.note;

import org.apache.iceberg.catalog.TableIdentifier;

/**
 * What one attempt at a commit writes, told before it is written: a process that comes after a
 * killed one can then delete what no snapshot needs. Safe to share between threads.
 */
public interface FileNotes extends AutoCloseable {
  /** Where nobody cleans up. */
  FileNotes NONE =
      new FileNotes() {
        @Override
        public void belongTo(TableIdentifier table, String uuid) {}

        @Override
        public String noted(String location) {
          return location;
        }

        @Override
        public void settled() {}

        @Override
        public void close() {}
      };

  /** A table the files may become part of. Said before the first of them. */
  void belongTo(TableIdentifier table, String uuid);

  /** Gives the location back once it is noted. */
  String noted(String location);

  /** Each file is the table's now, or deleted. */
  void settled();

  /** What is not settled is left to the next start of the server. */
  @Override
  void close();
}
