package io.orochi.connectors.file.split;

import io.orochi.connectors.file.FileKind;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: id, path, kind's name, ordinal. */
public final class FileSplitSerializer implements SimpleVersionedSerializer<FileSplit> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(FileSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    write(split, out);
    return out.getCopyOfBuffer();
  }

  @Override
  public FileSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("Cannot read a file split of version " + version);
    }
    return read(new DataInputDeserializer(bytes));
  }

  /** Writes the current version's form, for a serializer that holds splits. */
  public static void write(FileSplit split, DataOutputView out) throws IOException {
    out.writeUTF(split.splitId());
    out.writeUTF(split.path());
    out.writeUTF(split.kind().name());
    out.writeLong(split.ordinal());
  }

  /** Reads what {@link #write} wrote. */
  public static FileSplit read(DataInputView in) throws IOException {
    return new FileSplit(in.readUTF(), in.readUTF(), FileKind.valueOf(in.readUTF()), in.readLong());
  }
}
