package io.orochi.table.error;

/** Who has to act on an error. */
public enum ErrorType {
  /** The statement or the input is wrong: the user changes it. */
  USER,
  /** A configured limit was reached: the user asks for less or the operator raises the limit. */
  RESOURCE,
  /** Something outside (disk, object store, database, network) failed: the operator looks there. */
  EXTERNAL,
  /** Stored data is not what was written: the operator repairs. */
  CORRUPTION,
  /** A defect of Orochi. */
  INTERNAL;

  /** Whether somebody who runs the system should hear of it, not only the user who asked. */
  public boolean needsAnOperator() {
    return switch (this) {
      case USER, RESOURCE -> false;
      case EXTERNAL, CORRUPTION, INTERNAL -> true;
    };
  }
}
