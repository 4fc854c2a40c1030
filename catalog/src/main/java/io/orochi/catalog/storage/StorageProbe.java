package io.orochi.catalog.storage;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Tries out a warehouse on S3. */
public final class StorageProbe implements AutoCloseable {
  private final String warehouse;
  private final Clock clock;
  private final S3Storage storage;

  /**
   * @param warehouse {@code s3://bucket/prefix}
   * @param options as for {@link S3Storage#open}
   */
  public StorageProbe(String warehouse, Map<String, String> options, Clock clock) {
    this.warehouse = warehouse;
    this.clock = clock;
    this.storage = S3Storage.open(options);
  }

  /**
   * What a probe has seen.
   *
   * @param skew how far this machine's clock is ahead of the store's; absent if it told no time
   * @param answerTime of one listing
   */
  public record Seen(Optional<Duration> skew, Duration answerTime) {}

  /**
   * Lists at most one object: the endpoint answers, the bucket exists, the credentials are known.
   *
   * @throws OrochiException STORAGE_UNAVAILABLE, STORAGE_ACCESS_DENIED, BUCKET_NOT_FOUND
   */
  public Seen reach() {
    Instant before = clock.instant();
    ListObjectsV2Response answer =
        storage
            .failures()
            .during(
                "use the warehouse",
                warehouse,
                () ->
                    storage
                        .store()
                        .client(warehouse)
                        .listObjectsV2(
                            ListObjectsV2Request.builder()
                                .bucket(S3Failures.bucket(warehouse))
                                .prefix(prefix())
                                .maxKeys(1)
                                .build()));
    Instant after = clock.instant();
    Optional<Duration> skew =
        answer
            .sdkHttpResponse()
            .firstMatchingHeader("Date")
            .flatMap(StorageProbe::time)
            .map(theirs -> skew(before, after, theirs));
    return new Seen(skew, Duration.between(before, after));
  }

  /**
   * Writes a small object, reads it and deletes it.
   *
   * @throws OrochiException as {@link #reach}; the object may have stayed then
   */
  public void writeReadDelete() {
    String location = warehouse + "/.orochi-probe-" + UUID.randomUUID();
    byte[] bytes = location.getBytes(StandardCharsets.UTF_8);
    OutputFile file = storage.newOutputFile(location);
    storage
        .failures()
        .during(
            "write",
            location,
            () -> {
              try (PositionOutputStream out = file.createOrOverwrite()) {
                out.write(bytes);
              }
              return location;
            });
    byte[] read = storage.failures().during("read", location, () -> read(file.toInputFile()));
    storage.deleteFile(location);
    if (!Arrays.equals(read, bytes)) {
      throw OrochiException.of(
              OrochiErrorCode.STORAGE_UNAVAILABLE, "Cannot trust the warehouse " + warehouse)
          .withDetail("It gave back other bytes than were written.")
          .withHint("Check what stands between this machine and the store.");
    }
  }

  @Override
  public void close() {
    storage.close();
  }

  private static byte[] read(InputFile file) throws java.io.IOException {
    try (SeekableInputStream in = file.newStream()) {
      return in.readAllBytes();
    }
  }

  private String prefix() {
    String bucket = S3Failures.bucket(warehouse);
    String key = warehouse.substring(warehouse.indexOf(bucket) + bucket.length());
    return key.startsWith("/") ? key.substring(1) : key;
  }

  /** The store tells whole seconds, so less than one cannot be seen. */
  private static Duration skew(Instant before, Instant after, Instant theirs) {
    if (before.isAfter(theirs.plusSeconds(1))) {
      return Duration.between(theirs.plusSeconds(1), before);
    }
    return after.isBefore(theirs) ? Duration.between(theirs, after) : Duration.ZERO;
  }

  private static Optional<Instant> time(String header) {
    try {
      return Optional.of(
          ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }
}
