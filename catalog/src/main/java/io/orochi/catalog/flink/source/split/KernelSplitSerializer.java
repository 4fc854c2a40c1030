package io.orochi.catalog.flink.source.split;

import io.orochi.catalog.flink.sink.state.Text;
import io.orochi.catalog.flink.sink.state.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Version 1: id, bytes, number of files and their locations; text as a byte count and UTF-8. */
public final class KernelSplitSerializer implements SimpleVersionedSerializer<KernelSplit> {
  public static final KernelSplitSerializer INSTANCE = new KernelSplitSerializer();
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(KernelSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    write(split, out);
    return out.getCopyOfBuffer();
  }

  @Override
  public KernelSplit deserialize(int version, byte[] bytes) throws IOException {
    Versions.requireUpTo("kernel split", VERSION, version);
    return read(new DataInputDeserializer(bytes));
  }

  static void write(KernelSplit split, DataOutput out) throws IOException {
    Text.write(split.splitId(), out);
    out.writeLong(split.bytes());
    out.writeInt(split.files().size());
    for (String file : split.files()) {
      Text.write(file, out);
    }
  }

  static KernelSplit read(DataInput in) throws IOException {
    String splitId = Text.read(in);
    long bytes = in.readLong();
    int count = in.readInt();
    List<String> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(Text.read(in));
    }
    return new KernelSplit(splitId, files, bytes);
  }
}
