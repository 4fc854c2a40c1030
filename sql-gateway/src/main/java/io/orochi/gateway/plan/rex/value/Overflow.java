package io.orochi.gateway.plan.rex.value;

/** What becomes of a sum, difference or product that its type cannot hold. */
public enum Overflow {
  /** An error; whoever runs the query may then ask Flink. */
  FAILS,
  /** What Flink makes of it: whole numbers wrap, decimals are NULL. Slower. */
  AS_FLINK
}
