package io.orochi.connectors.generator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Version 1: a count and the splits. */
public final class WaitingSplitsSerializer implements SimpleVersionedSerializer<WaitingSplits> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(WaitingSplits waiting) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeInt(waiting.splits().size());
    for (GeneratorSplit split : waiting.splits()) {
      GeneratorSplitSerializer.write(split, out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public WaitingSplits deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("Cannot read waiting splits of version " + version);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    List<GeneratorSplit> splits = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      splits.add(GeneratorSplitSerializer.read(in));
    }
    return new WaitingSplits(splits);
  }
}
