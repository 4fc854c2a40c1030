package io.orochi.catalog.rest;

import io.javalin.http.HttpResponseException;
import io.orochi.table.error.ErrorType;
import io.orochi.table.error.OrochiException;
import java.util.Optional;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchPlanIdException;
import org.apache.iceberg.exceptions.NoSuchPlanTaskException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.UnprocessableEntityException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.rest.responses.ErrorResponse;

/**
 * What a failure looks like to a REST client. The status decides what the client may do next: after
 * 409 nothing was published, after 500 or 504 of a commit the outcome is unknown. Never 503:
 * Iceberg's client sends such a request again by itself, and would take the conflict with its own
 * first attempt for a failure after which it may delete its files.
 */
final class RestErrors {
  private RestErrors() {}

  static ErrorResponse of(Exception failure) {
    int status = status(failure);
    return ErrorResponse.builder()
        .responseCode(status)
        .withType(failure.getClass().getSimpleName())
        .withMessage(message(failure, status))
        .build();
  }

  private static int status(Exception failure) {
    if (failure instanceof OrochiException coded) {
      return coded.code().type() == ErrorType.USER ? 400 : 500;
    }
    if (failure instanceof IllegalArgumentException
        || failure instanceof ValidationException
        || failure instanceof BadRequestException) {
      return 400;
    }
    if (failure instanceof NotAuthorizedException) {
      return 401;
    }
    if (failure instanceof ForbiddenException) {
      return 403;
    }
    if (failure instanceof NoSuchTableException
        || failure instanceof NoSuchNamespaceException
        || failure instanceof NoSuchViewException
        || failure instanceof NoSuchPlanIdException
        || failure instanceof NoSuchPlanTaskException) {
      return 404;
    }
    if (failure instanceof AlreadyExistsException
        || failure instanceof CommitFailedException
        || failure instanceof NamespaceNotEmptyException) {
      return 409;
    }
    if (failure instanceof UnsupportedOperationException) {
      return 406;
    }
    if (failure instanceof UnprocessableEntityException) {
      return 422;
    }
    if (failure instanceof HttpResponseException http) {
      return http.getStatus();
    }
    return failure instanceof CommitStateUnknownException ? 504 : 500;
  }

  private static String message(Exception failure, int status) {
    Optional<OrochiException> coded = OrochiException.findIn(failure);
    if (coded.isPresent()) {
      return coded.get().getMessage();
    }
    if (status == 500 || failure.getMessage() == null) {
      return "The catalog could not answer; its log says why";
    }
    return failure.getMessage();
  }
}
