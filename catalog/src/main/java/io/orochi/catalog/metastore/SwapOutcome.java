package io.orochi.catalog.metastore;

/** What is known after a compare-and-set. */
public sealed interface SwapOutcome {
  /** Every change is stored. */
  record Applied() implements SwapOutcome {}

  /** Nothing is stored: this key was not as expected. */
  record Mismatched(MetastoreKey key) implements SwapOutcome {}

  /** The answer was lost: either every change is stored, or none is. */
  record Unknown(Exception cause) implements SwapOutcome {}
}
