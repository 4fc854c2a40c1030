package io.orochi.catalog.metastore;

import java.util.List;

/** A process that adds one to a number in a metastore, several times. */
final class TestingIncrementer {
  static final MetastoreKey NUMBER = MetastoreKey.record("test", "number");

  private TestingIncrementer() {}

  /** Arguments: the metastore's URI, how often. */
  public static void main(String[] arguments) {
    int left = Integer.parseInt(arguments[1]);
    try (Metastore store =
        Metastores.open("orochi", MetastoreAddress.of(arguments[0], null, null))) {
      while (left > 0) {
        String now = store.get(NUMBER).orElseThrow();
        String next = Integer.toString(Integer.parseInt(now) + 1);
        SwapOutcome outcome =
            store.compareAndSet(List.of(new MetastoreChange.Replace(NUMBER, now, next)));
        left -= outcome instanceof SwapOutcome.Applied ? 1 : 0;
      }
    }
  }
}
