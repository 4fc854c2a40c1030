package io.orochi.catalog.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.catalog.flink.sink.state.CommitPart;
import io.orochi.catalog.flink.sink.state.CommitPartSerializer;
import io.orochi.catalog.flink.sink.state.CommitterState;
import io.orochi.catalog.flink.sink.state.CommitterStateSerializer;
import io.orochi.table.digest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What stands in checkpoints must be readable by every later version. */
class SinkSerializersTest {
  private static final CommitPart PART =
      new CommitPart(
          List.of("{\"file-path\":\"a\"}", "{\"file-path\":\"b\"}"),
          Map.of("a", new Digest(1, 2, 3), "b", new Digest(-4, 5, 6)),
          Map.of("split-1", "100", "split-2", "7 end"),
          CommitPart.Destination.TABLE);
  private static final CommitterState STATE =
      new CommitterState(
          12, "job", new TreeMap<>(Map.of(3L, List.of(PART), 4L, List.<CommitPart>of())));

  private static final CommitPart BESIDE =
      CommitPart.ofPositions(Map.of("split-1", "9"), CommitPart.Destination.COMPANION);
  private static final CommitterState STATE_WITH_COMPANION =
      new CommitterState(12, "job", new TreeMap<>(Map.of(3L, List.of(PART, BESIDE))));

  @Test
  void partsOfVersion1AreRead() throws IOException {
    assertThat(CommitPartSerializer.INSTANCE.deserialize(1, golden("commit-part-v1.bin")))
        .isEqualTo(PART);
  }

  @Test
  void stateOfVersion1IsRead() throws IOException {
    assertThat(CommitterStateSerializer.INSTANCE.deserialize(1, golden("committer-state-v1.bin")))
        .isEqualTo(STATE);
  }

  @Test
  void partsKeepTheBytesOfVersion2() throws IOException {
    byte[] golden = golden("commit-part-v2.bin");
    assertThat(CommitPartSerializer.INSTANCE.serialize(BESIDE)).isEqualTo(golden);
    assertThat(CommitPartSerializer.INSTANCE.deserialize(2, golden)).isEqualTo(BESIDE);
  }

  @Test
  void stateKeepsTheBytesOfVersion2() throws IOException {
    byte[] golden = golden("committer-state-v2.bin");
    assertThat(CommitterStateSerializer.INSTANCE.serialize(STATE_WITH_COMPANION)).isEqualTo(golden);
    assertThat(CommitterStateSerializer.INSTANCE.deserialize(2, golden))
        .isEqualTo(STATE_WITH_COMPANION);
  }

  @Test
  void aLaterVersionIsRefused() {
    assertThatThrownBy(() -> CommitterStateSerializer.INSTANCE.deserialize(3, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot read a committer state of version 3: this Orochi knows versions up to 2");
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = SinkSerializersTest.class.getResourceAsStream("/golden/sink/" + name)) {
      return in.readAllBytes();
    }
  }
}
