package io.orochi.catalog.storage;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.iceberg.exceptions.NotFoundException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns what the S3 client throws into what a user can act on. No text of it holds a secret: the
 * values of the secret options are cut out of whatever the store has answered.
 */
final class S3Failures {
  private static final Set<String> WRONG_KEYS =
      Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken");
  private static final String SKEWED = "RequestTimeTooSkewed";
  private static final String NO_BUCKET = "NoSuchBucket";
  private static final int NOT_FOUND = 404;
  private static final int DENIED = 403;
  private static final int UNAUTHORIZED = 401;
  private static final int DEPTH = 64;

  private final Hidden hidden;
  private final String endpoint;

  S3Failures(Map<String, String> options) {
    this.hidden = Hidden.of(options);
    this.endpoint = options.getOrDefault(S3Options.ENDPOINT, "AWS");
  }

  /**
   * @param action what is done, for example {@code "read"}
   * @throws NotFoundException if there is no such object
   * @throws OrochiException for every other failure of the store
   */
  <T> T during(String action, String location, Callable<T> work) {
    try {
      return work.call();
    } catch (RuntimeException failure) {
      throw translate(action, location, failure);
    } catch (Exception failure) {
      throw of(action, location, failure);
    }
  }

  /** The failure itself if it does not come from the store. */
  RuntimeException translate(String action, String location, RuntimeException failure) {
    if (find(failure, OrochiException.class) != null || failure instanceof NotFoundException) {
      return failure;
    }
    return find(failure, SdkException.class) == null
            && find(failure, java.io.IOException.class) == null
        ? failure
        : of(action, location, failure);
  }

  /** The same for a failure that is known to come from the store. */
  RuntimeException of(String action, String location, Throwable failure) {
    AwsServiceException answer = find(failure, AwsServiceException.class);
    if (answer == null) {
      return unreachable(action, location, failure);
    }
    String code = answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
    if (NO_BUCKET.equals(code)) {
      return noBucket(action, location, answer);
    }
    if (answer.statusCode() == NOT_FOUND) {
      return new NotFoundException(answer, "Location does not exist: %s", location);
    }
    if (SKEWED.equals(code)) {
      return denied(action, location, answer)
          .withHint("Set this machine's clock; the store refuses more than 15 minutes of skew.");
    }
    if (WRONG_KEYS.contains(code)) {
      return denied(action, location, answer)
          .withHint("Check s3.access-key and s3.secret-key, or the AWS default credentials.");
    }
    if (answer.statusCode() == DENIED || answer.statusCode() == UNAUTHORIZED) {
      return denied(action, location, answer)
          .withHint(
              "Check the credentials, and that the bucket's policy lets them list, read, write and"
                  + " delete.");
    }
    return OrochiException.of(OrochiErrorCode.STORAGE_UNAVAILABLE, cannot(action, location))
        .withDetail(said(answer))
        .withHint("Try again; if it stays, look at the store's own state. Nothing was lost.")
        .causedBy(hidden.cause(failure));
  }

  /** The bucket in {@code s3://bucket/key}. */
  static String bucket(String location) {
    String rest = location.substring(location.indexOf("//") + 2);
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  private OrochiException noBucket(String action, String location, AwsServiceException answer) {
    return OrochiException.of(
            OrochiErrorCode.BUCKET_NOT_FOUND,
            cannot(action, location) + ": bucket " + bucket(location) + " does not exist")
        .withDetail("Endpoint: " + endpoint + ".")
        .withHint("Create the bucket, or correct warehouse or s3.endpoint.")
        .causedBy(hidden.cause(answer));
  }

  private OrochiException denied(String action, String location, AwsServiceException answer) {
    return OrochiException.of(
            OrochiErrorCode.STORAGE_ACCESS_DENIED, cannot(action, location) + ": access denied")
        .withDetail(said(answer))
        .causedBy(hidden.cause(answer));
  }

  private OrochiException unreachable(String action, String location, Throwable failure) {
    String text = String.valueOf(innermost(failure).getMessage());
    if (text.contains("credentials")) {
      return OrochiException.of(
              OrochiErrorCode.STORAGE_ACCESS_DENIED, cannot(action, location) + ": no credentials")
          .withDetail("Neither s3.access-key nor the AWS default chain gives any.")
          .withHint("Set s3.access-key and s3.secret-key, or AWS_ACCESS_KEY_ID and its like.")
          .causedBy(hidden.cause(failure));
    }
    if (text.contains("Unable to load region")) {
      return OrochiException.of(
              OrochiErrorCode.STORAGE_UNAVAILABLE, cannot(action, location) + ": no region")
          .withDetail("Neither s3.region nor the AWS default chain gives one.")
          .withHint("Set s3.region, or s3.endpoint for a store that is not AWS.")
          .causedBy(hidden.cause(failure));
    }
    return OrochiException.of(OrochiErrorCode.STORAGE_UNAVAILABLE, cannot(action, location))
        .withDetail(reached(failure) + " Endpoint: " + endpoint + ".")
        .withHint("Check s3.endpoint, the network and the store, then try again; nothing was lost.")
        .causedBy(hidden.cause(failure));
  }

  private String reached(Throwable failure) {
    Throwable root = innermost(failure);
    if (root instanceof UnknownHostException) {
      return "The name of the endpoint cannot be resolved.";
    }
    if (root instanceof ConnectException) {
      return "The endpoint does not take connections.";
    }
    if (root instanceof SocketTimeoutException) {
      return "The endpoint does not answer in time.";
    }
    return hidden.in(String.valueOf(root.getMessage()).lines().findFirst().orElse("")) + ".";
  }

  private String said(AwsServiceException answer) {
    String code = answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
    String message =
        answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorMessage();
    return hidden.in(
        "The store answered %d %s%s"
            .formatted(
                answer.statusCode(),
                code == null ? "" : code,
                message == null || message.isEmpty() ? "." : ": " + message));
  }

  private static String cannot(String action, String location) {
    return "Cannot " + action + " " + location;
  }

  private static Throwable innermost(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < DEPTH && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    return root;
  }

  private static <T> T find(Throwable failure, Class<T> type) {
    Throwable t = failure;
    for (int depth = 0; t != null && depth < DEPTH; depth++, t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
