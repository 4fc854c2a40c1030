package io.orochi.table.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.GoldenBytes;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestsBlobTest {
  private static final Map<String, Digest> DIGESTS =
      Map.of(
          "s3://lake/cpu/data/b.parquet", new Digest(1, -2, 300),
          "s3://lake/cpu/data/a.parquet", new Digest(0x0123456789abcdefL, 42, 1L << 40));

  @Test
  void bytesAreThoseOfTheSpecification() {
    assertThat(GoldenBytes.bytes(DigestsBlob.write(DIGESTS)))
        .isEqualTo(GoldenBytes.read("digests-v1.hex"));
    assertThat(DigestsBlob.read("golden", ByteBuffer.wrap(GoldenBytes.read("digests-v1.hex"))))
        .isEqualTo(DIGESTS);
  }

  @Test
  void aCommitWithoutFilesHasNoDigests() {
    assertThat(DigestsBlob.read("it", DigestsBlob.write(Map.of()))).isEmpty();
  }
}
