package io.orochi.gateway.cli.error;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.PrintWriter;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;

/** A failure as a user reads it: code, message, DETAIL, HINT; never a stack trace. */
public final class ErrorReport {
  private ErrorReport() {}

  /** Ends without a line break. */
  public static String of(Throwable failure) {
    return OrochiException.findIn(failure)
        .map(OrochiException::getMessage)
        .orElseGet(() -> foreign(failure));
  }

  /** Ends with a line break. */
  public static void print(PrintWriter err, Throwable failure) {
    err.println(of(failure));
    err.flush();
  }

  private static String foreign(Throwable failure) {
    if (failure instanceof FlightRuntimeException answer) {
      return fromServer(answer);
    }
    String message = failure.getMessage();
    return OrochiException.of(
            OrochiErrorCode.INTERNAL_ERROR, "Cannot go on: " + failure.getClass().getSimpleName())
        .withDetail(message == null ? "No more is known." : message.strip())
        .withHint("Run the command with --verbose and report what it prints.")
        .getMessage();
  }

  /** The server's own errors travel whole in the text of the status. */
  private static String fromServer(FlightRuntimeException answer) {
    String text = answer.status().description();
    String description = text == null ? "" : text.strip();
    int start = description.indexOf("OROCHI-");
    if (start >= 0) {
      return description.substring(start);
    }
    if (answer.status().code() == FlightStatusCode.UNAVAILABLE) {
      return OrochiException.of(
              OrochiErrorCode.SERVER_NOT_RUNNING, "Cannot reach the server; it may have stopped")
          .withDetail(description)
          .withHint("Start it with: orochi server --detach")
          .getMessage();
    }
    return OrochiException.of(
            OrochiErrorCode.INTERNAL_ERROR, "Cannot run the statement: " + answer.status().code())
        .withDetail(description)
        .withHint("The server's log, DIR/logs/server.log, may say more.")
        .getMessage();
  }
}
