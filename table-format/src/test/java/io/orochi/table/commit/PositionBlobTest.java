package io.orochi.table.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.GoldenBytes;
import java.nio.ByteBuffer;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PositionBlobTest {
  private static final SourcePosition POSITION =
      new SourcePosition("ingest-cpu", 7, Map.of("cpu.csv.gz", "500", "partition-ü", "12:34"));

  @Test
  void bytesAreThoseOfTheSpecification() {
    assertThat(GoldenBytes.bytes(PositionBlob.write(POSITION)))
        .isEqualTo(GoldenBytes.read("position-v1.hex"));
    assertThat(PositionBlob.read("golden", ByteBuffer.wrap(GoldenBytes.read("position-v1.hex"))))
        .isEqualTo(POSITION);
  }

  @Test
  void everyFlippedBitIsFound() {
    byte[] bytes = GoldenBytes.read("position-v1.hex");
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> PositionBlob.read("the position", ByteBuffer.wrap(damaged)))
          .hasMessageStartingWith("OROCHI-1203: Cannot read the position");
    }
  }

  @Test
  void aShortenedBlobIsFound() {
    byte[] bytes = GoldenBytes.read("position-v1.hex");
    for (int length = 0; length < bytes.length; length++) {
      ByteBuffer shortened = ByteBuffer.wrap(bytes, 0, length).slice();
      assertThatThrownBy(() -> PositionBlob.read("the position", shortened))
          .hasMessageStartingWith("OROCHI-1203: Cannot read the position");
    }
  }

  @Property(tries = 200)
  void whatIsWrittenReadsBack(
      @ForAll("texts") String writer,
      @ForAll long sequence,
      @ForAll("splits") Map<String, String> splits) {
    SourcePosition position = new SourcePosition(writer, sequence, splits);
    assertThat(PositionBlob.read("it", PositionBlob.write(position))).isEqualTo(position);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withCharRange(' ', '\u07ff').ofMaxLength(20);
  }

  @Provide
  Arbitrary<Map<String, String>> splits() {
    return Arbitraries.maps(texts(), texts()).ofMaxSize(8);
  }
}
