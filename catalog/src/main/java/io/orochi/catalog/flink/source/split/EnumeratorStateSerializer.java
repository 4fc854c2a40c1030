package io.orochi.catalog.flink.source.split;

import io.orochi.catalog.flink.sink.state.Versions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Version 1: the number of splits and each as version 1 of {@link KernelSplitSerializer}. */
public final class EnumeratorStateSerializer implements SimpleVersionedSerializer<EnumeratorState> {
  public static final EnumeratorStateSerializer INSTANCE = new EnumeratorStateSerializer();
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(EnumeratorState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1024);
    out.writeInt(state.waiting().size());
    for (KernelSplit split : state.waiting()) {
      KernelSplitSerializer.write(split, out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public EnumeratorState deserialize(int version, byte[] bytes) throws IOException {
    Versions.requireUpTo("kernel source state", VERSION, version);
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int count = in.readInt();
    List<KernelSplit> waiting = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      waiting.add(KernelSplitSerializer.read(in));
    }
    return new EnumeratorState(waiting);
  }
}
