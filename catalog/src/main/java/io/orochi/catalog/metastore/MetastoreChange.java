package io.orochi.catalog.metastore;

import java.util.Objects;

/** One step of a compare-and-set: what must be stored now, and what is stored afterwards. */
public sealed interface MetastoreChange {
  MetastoreKey key();

  /** The key must be absent. */
  record Create(MetastoreKey key, String value) implements MetastoreChange {
    public Create {
      Objects.requireNonNull(value);
    }
  }

  /** The key must hold {@code expected}; equal values make it a mere check. */
  record Replace(MetastoreKey key, String expected, String value) implements MetastoreChange {
    public Replace {
      Objects.requireNonNull(expected);
      Objects.requireNonNull(value);
    }
  }

  /** The key must hold {@code expected}. */
  record Delete(MetastoreKey key, String expected) implements MetastoreChange {
    public Delete {
      Objects.requireNonNull(expected);
    }
  }
}
