package io.orochi.connectors.generator;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: id, ordinal. */
public final class GeneratorSplitSerializer implements SimpleVersionedSerializer<GeneratorSplit> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(GeneratorSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    write(split, out);
    return out.getCopyOfBuffer();
  }

  @Override
  public GeneratorSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("Cannot read a generator split of version " + version);
    }
    return read(new DataInputDeserializer(bytes));
  }

  static void write(GeneratorSplit split, DataOutputView out) throws IOException {
    out.writeUTF(split.splitId());
    out.writeLong(split.ordinal());
  }

  static GeneratorSplit read(DataInputView in) throws IOException {
    return new GeneratorSplit(in.readUTF(), in.readLong());
  }
}
