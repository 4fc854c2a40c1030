package io.orochi.gateway.rest;

import io.orochi.table.error.OrochiException;
import org.apache.flink.table.gateway.api.utils.SqlGatewayException;

/**
 * A coded error on its way through Flink's REST endpoint, which sends a failure's stack trace, and
 * Flink's SQL client, which shows what stands between the last "Caused by:" and the first frame. So
 * this one prints as its text alone, with a single frame that ends it.
 */
final class RestFailure extends SqlGatewayException {
  private static final long serialVersionUID = 1L;
  private static final StackTraceElement[] END = {
    new StackTraceElement("orochi", "server", null, -1)
  };

  RestFailure(OrochiException failure) {
    super(failure.getMessage());
    setStackTrace(END);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  @Override
  public String toString() {
    return getMessage();
  }
}
