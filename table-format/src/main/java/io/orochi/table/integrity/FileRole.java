package io.orochi.table.integrity;

import java.util.Locale;

/** What a file is to its table. */
public enum FileRole {
  METADATA,
  MANIFEST_LIST,
  MANIFEST,
  STATISTICS,
  DATA,
  DELETES,
  /** Not a file: what a snapshot says about all of its files. */
  SNAPSHOT;

  /** As people read it: {@code manifest list}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
