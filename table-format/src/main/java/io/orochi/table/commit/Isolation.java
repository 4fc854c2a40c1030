package io.orochi.table.commit;

/** Which commits of others, made since a change was computed, make it conflict. */
public enum Isolation {
  /** Those that changed or removed rows this change changes or removes. */
  SNAPSHOT,
  /** Those too that added rows which the change's filter may select. */
  SERIALIZABLE,
  /** The same, in whatever transaction: the filter selects the keys of new rows. */
  UNIQUE_KEYS;

  /** Whether a row that others added may make a change conflict. */
  boolean mindsNewRows() {
    return this != SNAPSHOT;
  }
}
