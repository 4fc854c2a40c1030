package io.orochi.catalog.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.iceberg.exceptions.NotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailuresTest {
  private static final String SECRET = "open-sesame";
  private final S3Failures failures =
      new S3Failures(
          Map.of(
              S3Options.ENDPOINT, "http://store:9000",
              S3Options.SECRET_KEY, SECRET,
              S3Options.ACCESS_KEY, "AKIDOFALL"));

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchBucket, BUCKET_NOT_FOUND",
    "403, InvalidAccessKeyId, STORAGE_ACCESS_DENIED",
    "403, SignatureDoesNotMatch, STORAGE_ACCESS_DENIED",
    "403, AccessDenied, STORAGE_ACCESS_DENIED",
    "403, RequestTimeTooSkewed, STORAGE_ACCESS_DENIED",
    "400, ExpiredToken, STORAGE_ACCESS_DENIED",
    "503, SlowDown, STORAGE_UNAVAILABLE",
    "500, InternalError, STORAGE_UNAVAILABLE"
  })
  void eachAnswerHasItsCodeAndAHint(int status, String answer, OrochiErrorCode code) {
    OrochiException told = told(answer(status, answer, "no"));

    assertThat(told.code()).isEqualTo(code);
    assertThat(told.summary()).startsWith("Cannot read s3://lake/a");
    assertThat(told.hint()).isNotEmpty();
  }

  @Test
  void aMissingObjectIsIcebergsOwnException() {
    assertThat(failures.of("read", "s3://lake/a", answer(404, "NoSuchKey", "no")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("Location does not exist: s3://lake/a");
  }

  @Test
  void aStoreThatTellsTheSecretIsCutShort() {
    OrochiException told = told(answer(403, "AccessDenied", "key AKIDOFALL/" + SECRET + " no"));

    StringWriter log = new StringWriter();
    told.printStackTrace(new PrintWriter(log, true));
    assertThat(log.toString())
        .contains("key ******/****** no")
        .doesNotContain(SECRET)
        .doesNotContain("AKIDOFALL");
  }

  @Test
  void noCredentialsAndNoRegionSayWhatToSet() {
    assertThat(
            told(SdkClientException.create("Unable to load credentials from any provider")).hint())
        .contains("s3.access-key");
    assertThat(told(SdkClientException.create("Unable to load region from any provider")).hint())
        .contains("s3.region");
  }

  @Test
  void whatIsNotTheStoresPassesAsItIs() {
    IllegalStateException own = new IllegalStateException("own");
    assertThatThrownBy(
            () ->
                failures.during(
                    "read",
                    "s3://lake/a",
                    () -> {
                      throw own;
                    }))
        .isSameAs(own)
        .hasMessage("own");
    assertThat(
            failures.translate(
                "read", "s3://lake/a", new UncheckedIOException(new IOException("reset"))))
        .isInstanceOf(OrochiException.class);
  }

  private OrochiException told(Exception failure) {
    return (OrochiException) failures.of("read", "s3://lake/a", failure);
  }

  private static S3Exception answer(int status, String code, String message) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(status)
            .message(message)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .build();
  }
}
