package io.orochi.gateway.plan;

/** Whether the answer of a query may be given again. */
public enum Reuse {
  /** It may be another one each time, or is wanted from the files. */
  NEVER,
  /** It is the same as long as its inputs are the same snapshots. */
  SAME_SNAPSHOTS
}
