package io.orochi.gateway.cli.sql;

import io.orochi.gateway.cli.format.ResultFormat;
import java.util.List;

/** One session on a server: settings and the current database last from statement to statement. */
public interface SqlSession extends AutoCloseable {
  /** Runs one statement to its end and returns the number of rows printed. */
  long execute(String sql, ResultFormat format);

  /** Stops the running statement, if any; {@link #execute} then fails. Any thread. */
  void cancel();

  /** Tables and views of all databases. */
  List<TableName> tables();

  @Override
  void close();
}
