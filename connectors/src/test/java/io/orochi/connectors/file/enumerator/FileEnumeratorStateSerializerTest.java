package io.orochi.connectors.file.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.connectors.file.FileKind;
import io.orochi.connectors.file.split.FileSplit;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileEnumeratorStateSerializerTest {
  @Test
  void stateKeepsTheBytesOfVersion1() throws IOException {
    FileEnumeratorState state =
        new FileEnumeratorState(
            true,
            List.of(new FileSplit("/a#1-2", "/a", FileKind.JSON_GZ, 5)),
            Set.of("b"),
            Map.of("c", "7 end"));
    FileEnumeratorStateSerializer serializer = new FileEnumeratorStateSerializer();
    byte[] bytes = serializer.serialize(state);
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "0100000001"
                + "00062f6123312d3200022f6100074a534f4e5f475a0000000000000005"
                + "00000001000162"
                + "000000010001630005"
                + "3720656e64");
    assertThat(serializer.deserialize(1, bytes)).isEqualTo(state);
  }
}
