package io.orochi.gateway.plan.error;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;

/** Turns what Flink's parser and validator throw into coded errors. */
public final class SqlErrors {
  private SqlErrors() {}

  /** Never null; an OrochiException among the causes is returned as it is. */
  public static OrochiException translate(Throwable failure, String sql) {
    return OrochiException.findIn(failure)
        .orElseGet(
            () ->
                OrochiException.of(OrochiErrorCode.SQL_INVALID, "Cannot plan the statement")
                    .withDetail(String.valueOf(failure.getMessage()))
                    .causedBy(failure));
  }
}
