package io.orochi.catalog.flink.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in checkpoints must be readable by every later version. */
class SourceSerializersTest {
  private static final KernelSplit SPLIT = new KernelSplit("é", List.of("a", "bc"), 258);
  private static final String SPLIT_V1 =
      "00000002c3a9" + "0000000000000102" + "00000002" + "0000000161" + "000000026263";

  @Test
  void splitsKeepTheBytesOfVersion1() throws IOException {
    assertThat(KernelSplitSerializer.INSTANCE.getVersion()).isEqualTo(1);
    assertThat(HexFormat.of().formatHex(KernelSplitSerializer.INSTANCE.serialize(SPLIT)))
        .isEqualTo(SPLIT_V1);
    assertThat(KernelSplitSerializer.INSTANCE.deserialize(1, HexFormat.of().parseHex(SPLIT_V1)))
        .isEqualTo(SPLIT);
  }

  @Test
  void stateKeepsTheBytesOfVersion1() throws IOException {
    EnumeratorState state = new EnumeratorState(List.of(SPLIT, new KernelSplit("", List.of(), 0)));
    String golden = "00000002" + SPLIT_V1 + "00000000" + "0000000000000000" + "00000000";
    assertThat(EnumeratorStateSerializer.INSTANCE.getVersion()).isEqualTo(1);
    assertThat(HexFormat.of().formatHex(EnumeratorStateSerializer.INSTANCE.serialize(state)))
        .isEqualTo(golden);
    assertThat(EnumeratorStateSerializer.INSTANCE.deserialize(1, HexFormat.of().parseHex(golden)))
        .isEqualTo(state);
  }

  @Test
  void aLaterVersionIsRefused() {
    assertThatThrownBy(() -> KernelSplitSerializer.INSTANCE.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read a kernel split of version 2: this Orochi knows versions up to 1");
    assertThatThrownBy(() -> EnumeratorStateSerializer.INSTANCE.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot read a kernel source state of version 2: this Orochi knows versions up to 1");
  }
}
