package io.orochi.catalog.flink.sink.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Version 2: base sequence, job token, then per checkpoint its id and its parts in their form of
 * the same version.
 */
public final class CommitterStateSerializer implements SimpleVersionedSerializer<CommitterState> {
  public static final CommitterStateSerializer INSTANCE = new CommitterStateSerializer();
  private static final int VERSION = 2;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(CommitterState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(4096);
    out.writeLong(state.baseSequence());
    Text.write(state.jobToken(), out);
    out.writeInt(state.pending().size());
    for (Map.Entry<Long, List<CommitPart>> entry : state.pending().entrySet()) {
      out.writeLong(entry.getKey());
      out.writeInt(entry.getValue().size());
      for (CommitPart part : entry.getValue()) {
        CommitPartSerializer.write(part, out);
      }
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public CommitterState deserialize(int version, byte[] bytes) throws IOException {
    Versions.requireUpTo("committer state", VERSION, version);
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    long baseSequence = in.readLong();
    String jobToken = Text.read(in);
    int checkpoints = in.readInt();
    NavigableMap<Long, List<CommitPart>> pending = new TreeMap<>();
    for (int i = 0; i < checkpoints; i++) {
      long checkpoint = in.readLong();
      int count = in.readInt();
      List<CommitPart> parts = new ArrayList<>();
      for (int p = 0; p < count; p++) {
        parts.add(CommitPartSerializer.read(version, in));
      }
      pending.put(checkpoint, parts);
    }
    return new CommitterState(baseSequence, jobToken, pending);
  }
}
