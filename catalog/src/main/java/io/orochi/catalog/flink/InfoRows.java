package io.orochi.catalog.flink;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.flink.api.common.io.GenericInputFormat;
import org.apache.flink.api.common.io.NonParallelInput;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;

/** A few rows that travel inside the job graph. */
final class InfoRows extends GenericInputFormat<RowData> implements NonParallelInput {
  private static final long serialVersionUID = 1L;

  private final RowDataSerializer serializer;
  private final byte[][] rows;
  private transient int next;

  InfoRows(RowDataSerializer serializer, List<byte[]> rows) {
    this.serializer = serializer;
    this.rows = rows.toArray(byte[][]::new);
  }

  /** Converts values of an {@link io.orochi.catalog.info.InfoView}. */
  static RowData toFlink(Object[] values) {
    GenericRowData row = new GenericRowData(values.length);
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value instanceof String text) {
        row.setField(i, StringData.fromString(text));
      } else if (value instanceof OffsetDateTime time) {
        row.setField(i, TimestampData.fromInstant(time.toInstant()));
      } else {
        row.setField(i, value);
      }
    }
    return row;
  }

  @Override
  public boolean reachedEnd() {
    return next >= rows.length;
  }

  @Override
  public RowData nextRecord(RowData reuse) throws IOException {
    return serializer.deserialize(new DataInputDeserializer(rows[next++]));
  }
}
