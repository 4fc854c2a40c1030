package io.orochi.gateway.cli.sql;

/** Tells how far a statement is that another session runs. One thread at a time. */
public interface ProgressSource extends AutoCloseable {
  /** Asks; {@link Progress#UNKNOWN} if the server cannot tell. */
  Progress of(String sql);

  @Override
  void close();
}
