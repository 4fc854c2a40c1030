package io.orochi.connectors.file.enumerator;

import io.orochi.connectors.file.split.FileSplit;
import io.orochi.connectors.file.split.FileSplitSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Version 1: discovered, waiting splits, assigned ids, positions; sets and maps in key order. */
public final class FileEnumeratorStateSerializer
    implements SimpleVersionedSerializer<FileEnumeratorState> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(FileEnumeratorState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1024);
    out.writeBoolean(state.discovered());
    out.writeInt(state.waiting().size());
    for (FileSplit split : state.waiting()) {
      FileSplitSerializer.write(split, out);
    }
    out.writeInt(state.assigned().size());
    for (String id : new TreeSet<>(state.assigned())) {
      out.writeUTF(id);
    }
    out.writeInt(state.positions().size());
    for (Map.Entry<String, String> entry : new TreeMap<>(state.positions()).entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue());
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public FileEnumeratorState deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("Cannot read a file enumerator's state of version " + version);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    boolean discovered = in.readBoolean();
    List<FileSplit> waiting = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      waiting.add(FileSplitSerializer.read(in));
    }
    Set<String> assigned = new HashSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      assigned.add(in.readUTF());
    }
    Map<String, String> positions = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      positions.put(in.readUTF(), in.readUTF());
    }
    return new FileEnumeratorState(discovered, waiting, assigned, positions);
  }
}
