package io.orochi.table.commit;

import java.util.Locale;

/** What a statement does to a table. */
public enum ChangeKind {
  APPEND,
  OVERWRITE,
  DELETE,
  UPDATE,
  MERGE,
  /** The same rows in other files. */
  REWRITE;

  /**
   * Whether new rows stand for old ones, so that a concurrent delete of an old one would be lost.
   */
  boolean replacesRows() {
    return this == UPDATE || this == MERGE;
  }

  /** As in the summary of a snapshot. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
