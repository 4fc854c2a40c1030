package io.orochi.gateway.flight;

import io.orochi.gateway.plan.error.SqlErrors;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.concurrent.RejectedExecutionException;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as Flight tells them: a status by who has to act, and the four parts as its text. */
final class FlightErrors {
  private static final Logger LOG = LoggerFactory.getLogger(FlightErrors.class);

  private FlightErrors() {}

  static FlightRuntimeException of(Throwable failure) {
    if (failure instanceof FlightRuntimeException told) {
      return told;
    }
    OrochiException coded =
        failure instanceof RejectedExecutionException
            ? OrochiException.of(
                    OrochiErrorCode.TOO_MANY_STATEMENTS, "Cannot take more statements now")
                .withHint("Try again, or raise statements.max-running.")
            : SqlErrors.translate(failure, "");
    if (coded.code().type().needsAnOperator()) {
      LOG.warn("Told to a Flight client", failure);
    } else {
      LOG.debug("Told to a Flight client: {}", coded.summary());
    }
    return status(coded.code()).withDescription(coded.getMessage()).toRuntimeException();
  }

  private static CallStatus status(OrochiErrorCode code) {
    if (code == OrochiErrorCode.QUERY_CANCELLED) {
      return CallStatus.CANCELLED;
    } else if (code == OrochiErrorCode.STATEMENT_TIMEOUT) {
      return CallStatus.TIMED_OUT;
    }
    return switch (code.type()) {
      case USER -> CallStatus.INVALID_ARGUMENT;
      case RESOURCE -> CallStatus.RESOURCE_EXHAUSTED;
      case EXTERNAL, CORRUPTION, INTERNAL -> CallStatus.INTERNAL;
    };
  }
}
