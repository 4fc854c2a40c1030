package io.orochi.connectors.element;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.table.data.RowData;

/** A kind byte, split, ordinal, then the row or the rejected record's parts. */
final class SourceElementSerializer extends TypeSerializer<SourceElement> {
  private static final long serialVersionUID = 1L;
  private static final byte ROW = 0;
  private static final byte REJECTED = 1;
  private static final byte END = 2;

  private final TypeSerializer<RowData> rows;

  SourceElementSerializer(TypeSerializer<RowData> rows) {
    this.rows = rows;
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<SourceElement> duplicate() {
    return new SourceElementSerializer(rows.duplicate());
  }

  @Override
  public SourceElement createInstance() {
    return new SourceElement.End("", 0);
  }

  @Override
  public SourceElement copy(SourceElement from) {
    return from instanceof SourceElement.Row row
        ? new SourceElement.Row(row.split(), row.ordinal(), rows.copy(row.row()))
        : from;
  }

  @Override
  public SourceElement copy(SourceElement from, SourceElement reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(SourceElement element, DataOutputView out) throws IOException {
    if (element instanceof SourceElement.Row row) {
      writeHead(ROW, element, out);
      rows.serialize(row.row(), out);
    } else if (element instanceof SourceElement.Rejected rejected) {
      writeHead(REJECTED, element, out);
      RejectedRecord record = rejected.rejected();
      out.writeUTF(record.file());
      out.writeLong(record.line());
      out.writeUTF(record.column());
      out.writeUTF(record.raw());
      out.writeUTF(record.reason());
    } else {
      writeHead(END, element, out);
    }
  }

  private static void writeHead(byte kind, SourceElement element, DataOutputView out)
      throws IOException {
    out.writeByte(kind);
    out.writeUTF(element.split());
    out.writeLong(element.ordinal());
  }

  @Override
  public SourceElement deserialize(DataInputView in) throws IOException {
    byte kind = in.readByte();
    String split = in.readUTF();
    long ordinal = in.readLong();
    return switch (kind) {
      case ROW -> new SourceElement.Row(split, ordinal, rows.deserialize(in));
      case REJECTED ->
          new SourceElement.Rejected(
              split,
              ordinal,
              new RejectedRecord(
                  in.readUTF(), in.readLong(), in.readUTF(), in.readUTF(), in.readUTF()));
      case END -> new SourceElement.End(split, ordinal);
      default -> throw new IOException("Cannot read a source element of kind " + kind);
    };
  }

  @Override
  public SourceElement deserialize(SourceElement reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceElementSerializer that && rows.equals(that.rows);
  }

  @Override
  public int hashCode() {
    return rows.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<SourceElement> snapshotConfiguration() {
    return new Snapshot(this);
  }

  /** Version 1 of the form above. Instantiated by Flink. */
  public static final class Snapshot
      extends CompositeTypeSerializerSnapshot<SourceElement, SourceElementSerializer> {
    /** For reading. */
    public Snapshot() {}

    Snapshot(SourceElementSerializer serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(SourceElementSerializer serializer) {
      return new TypeSerializer<?>[] {serializer.rows};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected SourceElementSerializer createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new SourceElementSerializer((TypeSerializer<RowData>) nested[0]);
    }
  }
}
