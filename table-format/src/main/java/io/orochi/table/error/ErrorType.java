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
  INTERNAL
}
