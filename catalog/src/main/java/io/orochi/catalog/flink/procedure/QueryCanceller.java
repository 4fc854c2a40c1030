package io.orochi.catalog.flink.procedure;

/** Stops the statements of a server. Safe between threads. */
@FunctionalInterface
public interface QueryCanceller {
  /** Where there is no server: nothing runs. */
  QueryCanceller NONE = queryId -> false;

  /** Stops a statement of any session; false if none of that id runs. */
  boolean cancel(String queryId);
}
