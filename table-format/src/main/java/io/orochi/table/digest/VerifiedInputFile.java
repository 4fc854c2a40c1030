package io.orochi.table.digest;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.io.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/**
 * A metadata file that is read whole and compared with its digest when it is opened.
 *
 * @param table named in errors
 */
public record VerifiedInputFile(InputFile inner, Digest digest, String table) implements InputFile {
  @Override
  public long getLength() {
    return digest.length();
  }

  /**
   * @throws OrochiException METADATA_CORRUPT naming file and table
   */
  @Override
  public SeekableInputStream newStream() {
    return new InMemoryInputFile(inner.location(), bytes()).newStream();
  }

  /**
   * The sound bytes of the file.
   *
   * @throws OrochiException METADATA_CORRUPT naming file and table; STORAGE_UNAVAILABLE
   */
  public byte[] bytes() {
    byte[] bytes = read();
    damage(bytes)
        .ifPresent(
            damage -> {
              throw OrochiException.of(
                      OrochiErrorCode.METADATA_CORRUPT,
                      "Cannot trust metadata file " + location() + " of table " + table)
                  .withDetail(damage)
                  .withHint(
                      "Restore the file from a backup, or CALL sys.repair_table to roll the table"
                          + " back to its last sound snapshot.");
            });
    return bytes;
  }

  @Override
  public String location() {
    return inner.location();
  }

  @Override
  public boolean exists() {
    return inner.exists();
  }

  private Optional<String> damage(byte[] bytes) {
    if (bytes.length < digest.length()) {
      return Optional.of("It ends before the " + digest.length() + " bytes it was written with.");
    }
    return Digest.of(bytes).equals(digest)
        ? Optional.empty()
        : Optional.of("Its bytes do not have the digest recorded by its commit.");
  }

  /** One byte more than expected is enough to see that a file is too long. */
  private byte[] read() {
    try (InputStream stream = inner.newStream()) {
      return stream.readNBytes(Math.toIntExact(digest.length() + 1));
    } catch (IOException | UncheckedIOException unreadable) {
      throw StorageFailure.of("read metadata file " + inner.location(), unreadable);
    }
  }
}
