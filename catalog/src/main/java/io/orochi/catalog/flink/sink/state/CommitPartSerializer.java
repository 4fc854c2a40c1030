package io.orochi.catalog.flink.sink.state;

import io.orochi.table.digest.Digest;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Version 2: files, digests, positions; each a count and its entries, maps in key order, text as a
 * byte count and UTF-8; then a byte for the destination, which version 1 does not have.
 */
public final class CommitPartSerializer implements SimpleVersionedSerializer<CommitPart> {
  public static final CommitPartSerializer INSTANCE = new CommitPartSerializer();
  private static final int VERSION = 2;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(CommitPart part) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1024);
    write(part, out);
    return out.getCopyOfBuffer();
  }

  @Override
  public CommitPart deserialize(int version, byte[] bytes) throws IOException {
    Versions.requireUpTo("commit part", VERSION, version);
    return read(version, new DataInputDeserializer(bytes));
  }

  public static void write(CommitPart part, DataOutput out) throws IOException {
    out.writeInt(part.dataFiles().size());
    for (String file : part.dataFiles()) {
      Text.write(file, out);
    }
    out.writeInt(part.digests().size());
    for (Map.Entry<String, Digest> entry : new TreeMap<>(part.digests()).entrySet()) {
      Text.write(entry.getKey(), out);
      out.writeLong(entry.getValue().high());
      out.writeLong(entry.getValue().low());
      out.writeLong(entry.getValue().length());
    }
    out.writeInt(part.positions().size());
    for (Map.Entry<String, String> entry : new TreeMap<>(part.positions()).entrySet()) {
      Text.write(entry.getKey(), out);
      Text.write(entry.getValue(), out);
    }
    out.writeByte(part.destination().ordinal());
  }

  public static CommitPart read(int version, DataInput in) throws IOException {
    int files = in.readInt();
    List<String> dataFiles = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      dataFiles.add(Text.read(in));
    }
    int digestCount = in.readInt();
    Map<String, Digest> digests = new HashMap<>();
    for (int i = 0; i < digestCount; i++) {
      digests.put(Text.read(in), new Digest(in.readLong(), in.readLong(), in.readLong()));
    }
    int positionCount = in.readInt();
    Map<String, String> positions = new HashMap<>();
    for (int i = 0; i < positionCount; i++) {
      positions.put(Text.read(in), Text.read(in));
    }
    return new CommitPart(
        dataFiles,
        digests,
        positions,
        version == 1
            ? CommitPart.Destination.TABLE
            : CommitPart.Destination.values()[in.readByte()]);
  }
}
