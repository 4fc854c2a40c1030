package io.orochi.gateway.plan.stage;

import java.util.Locale;

/** What a query's time is spent on, in order. */
public enum Stage {
  /** Flink's parser and validator. */
  PARSE,
  /** The kernel's SQL is written. */
  PLAN,
  /** Files are chosen with the metadata of tables. */
  PRUNE,
  /** Files are fetched and compared with their digests, deletes are read. */
  VERIFY,
  /** Up to the first rows. */
  EXECUTE,
  /** From the first rows to the last. */
  FETCH;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
