package io.orochi.table.integrity;

/** What reading a file has shown. */
public enum Verdict {
  /** Its bytes are the bytes that were committed. */
  VERIFIED,
  /** It is there with its recorded size, but its commit left no digest to compare with. */
  UNVERIFIED,
  /** Its size or its bytes are not what was committed, or it cannot be read. */
  CORRUPT,
  /** There is no such file. */
  MISSING;

  /** True if a query over the file would fail or be wrong. */
  public boolean isDamage() {
    return switch (this) {
      case VERIFIED, UNVERIFIED -> false;
      case CORRUPT, MISSING -> true;
    };
  }
}
