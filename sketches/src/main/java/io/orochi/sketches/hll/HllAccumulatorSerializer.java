package io.orochi.sketches.hll;

import java.io.IOException;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * State bytes, version 1: a byte 1, the number of sketch bytes as an int (big-endian, -1 while the
 * precision is open), then a compact DataSketches sketch of type HLL_8.
 */
public final class HllAccumulatorSerializer extends TypeSerializerSingleton<HllAccumulator> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;
  private static final int OPEN = -1;

  static final HllAccumulatorSerializer INSTANCE = new HllAccumulatorSerializer();

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public HllAccumulator createInstance() {
    return new HllAccumulator();
  }

  @Override
  public HllAccumulator copy(HllAccumulator from) {
    return from.copy();
  }

  @Override
  public HllAccumulator copy(HllAccumulator from, HllAccumulator reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(HllAccumulator record, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    if (!record.isOpen()) {
      target.writeInt(OPEN);
      return;
    }
    byte[] bytes = record.union().getResult(TgtHllType.HLL_8).toCompactByteArray();
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  @Override
  public HllAccumulator deserialize(DataInputView source) throws IOException {
    int version = source.readByte();
    if (version != VERSION) {
      throw new IOException("Cannot read HLL state of version " + version);
    }
    HllAccumulator accumulator = new HllAccumulator();
    int length = source.readInt();
    if (length != OPEN) {
      byte[] bytes = new byte[length];
      source.readFully(bytes);
      accumulator.merge(HllSketch.heapify(bytes));
    }
    return accumulator;
  }

  @Override
  public HllAccumulator deserialize(HllAccumulator reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public TypeSerializerSnapshot<HllAccumulator> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The serializer has no configuration; its bytes carry their version. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<HllAccumulator> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
