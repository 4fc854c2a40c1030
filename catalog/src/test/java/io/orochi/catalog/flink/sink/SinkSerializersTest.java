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
          Map.of("split-1", "100", "split-2", "7 end"));
  private static final CommitterState STATE =
      new CommitterState(
          12, "job", new TreeMap<>(Map.of(3L, List.of(PART), 4L, List.<CommitPart>of())));

  @Test
  void partsKeepTheBytesOfVersion1() throws IOException {
    byte[] golden = golden("commit-part-v1.bin");
    assertThat(CommitPartSerializer.INSTANCE.serialize(PART)).isEqualTo(golden);
    assertThat(CommitPartSerializer.INSTANCE.deserialize(1, golden)).isEqualTo(PART);
  }

  @Test
  void stateKeepsTheBytesOfVersion1() throws IOException {
    byte[] golden = golden("committer-state-v1.bin");
    assertThat(CommitterStateSerializer.INSTANCE.serialize(STATE)).isEqualTo(golden);
    assertThat(CommitterStateSerializer.INSTANCE.deserialize(1, golden)).isEqualTo(STATE);
  }

  @Test
  void aLaterVersionIsRefused() {
    assertThatThrownBy(() -> CommitterStateSerializer.INSTANCE.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read a committer state of version 2: this Orochi knows version 1");
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = SinkSerializersTest.class.getResourceAsStream("/golden/sink/" + name)) {
      return in.readAllBytes();
    }
  }
}
