package io.orochi.batch.scrub;

import io.orochi.table.digest.Digest;
import java.util.Optional;
import org.apache.iceberg.ContentFile;

/**
 * One file to read, in the plain types that Flink moves without reflection surprises.
 *
 * @param location where Iceberg recorded it
 * @param sizeBytes the size that its manifest entry states
 * @param digested whether the next three say anything
 * @param digestHigh upper half of the xxh3-128 digest
 * @param digestLow lower half
 * @param digestLength the number of bytes digested
 */
public record ScrubTarget(
    String location,
    long sizeBytes,
    boolean digested,
    long digestHigh,
    long digestLow,
    long digestLength) {

  public static ScrubTarget of(ContentFile<?> file, Optional<Digest> digest) {
    Digest known = digest.orElse(new Digest(0, 0, 0));
    return new ScrubTarget(
        file.location(),
        file.fileSizeInBytes(),
        digest.isPresent(),
        known.high(),
        known.low(),
        known.length());
  }

  /** Empty if the commit of the file left none. */
  public Optional<Digest> digest() {
    return digested
        ? Optional.of(new Digest(digestHigh, digestLow, digestLength))
        : Optional.empty();
  }
}
