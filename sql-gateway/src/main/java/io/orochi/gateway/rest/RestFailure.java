package io.orochi.gateway.rest;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Optional;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.table.gateway.api.utils.SqlGatewayException;

/**
 * A coded error on its way through Flink's REST endpoint, which answers with the stack trace of
 * what its handlers have wrapped around it. So it prints as its status and text between two marks,
 * where {@link CodedAnswers} finds them again.
 */
final class RestFailure extends SqlGatewayException {
  private static final long serialVersionUID = 1L;
  private static final char BEGIN = '\u0002';
  private static final char AFTER_STATUS = '\u001f';
  private static final char END = '\u0003';

  private final int status;

  RestFailure(OrochiException failure) {
    super(failure.getMessage());
    this.status = status(failure.code()).code();
  }

  /** What a client is told. */
  record Told(HttpResponseStatus status, String text) {}

  /** The first failure of this kind in a stack trace. */
  static Optional<Told> findIn(String stackTrace) {
    int begin = stackTrace.indexOf(BEGIN);
    int text = stackTrace.indexOf(AFTER_STATUS, begin);
    int end = stackTrace.indexOf(END, text);
    if (begin < 0 || text < 0 || end < 0) {
      return Optional.empty();
    }
    int status = Integer.parseInt(stackTrace.substring(begin + 1, text));
    return Optional.of(
        new Told(HttpResponseStatus.valueOf(status), stackTrace.substring(text + 1, end)));
  }

  private static HttpResponseStatus status(OrochiErrorCode code) {
    if (code == OrochiErrorCode.SESSION_NOT_FOUND) {
      return HttpResponseStatus.NOT_FOUND;
    }
    return switch (code.type()) {
      case USER -> HttpResponseStatus.BAD_REQUEST;
      case RESOURCE -> HttpResponseStatus.TOO_MANY_REQUESTS;
      case EXTERNAL, CORRUPTION, INTERNAL -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
    };
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  @Override
  public String toString() {
    return BEGIN + Integer.toString(status) + AFTER_STATUS + getMessage() + END;
  }
}
