package io.orochi.table.blob;

import com.dynatrace.hash4j.hashing.Hashing;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link BlobOutput} built. Every method throws METADATA_CORRUPT if the bytes are not
 * what was written.
 */
public final class BlobInput {
  private static final int CHECKSUM_BYTES = 8;

  private final String source;
  private final ByteBuffer bytes;

  /**
   * Checks the checksum.
   *
   * @param source names the blob in errors
   */
  public BlobInput(String source, ByteBuffer blob) {
    this.source = source;
    byte[] copy = new byte[blob.remaining()];
    blob.duplicate().get(copy);
    int length = copy.length - CHECKSUM_BYTES;
    if (length < 0) {
      throw corrupt();
    }
    this.bytes = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getLong(length) != Hashing.xxh3_64().hashBytesToLong(copy, 0, length)) {
      throw corrupt();
    }
    bytes.limit(length);
  }

  public int getInt() {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  public long getLong() {
    require(Long.BYTES);
    return bytes.getLong();
  }

  public String getText() {
    int length = getInt();
    require(length);
    byte[] utf8 = new byte[length];
    bytes.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Checks that nothing is left. */
  public void finish() {
    if (bytes.hasRemaining()) {
      throw corrupt();
    }
  }

  private void require(int count) {
    if (count < 0 || bytes.remaining() < count) {
      throw corrupt();
    }
  }

  private OrochiException corrupt() {
    return OrochiException.of(OrochiErrorCode.METADATA_CORRUPT, "Cannot read " + source)
        .withDetail("Its bytes are not those that were written.")
        .withHint("Restore the file from a backup, or check the disk it lies on.");
  }
}
