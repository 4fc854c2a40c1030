package io.orochi.gateway.statement.arrow;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Flink rows as Arrow batches of the types of {@link ArrowFields}. One thread. */
public final class RowBatches {
  /** Writes one value in Flink's internal form; null writes a null. */
  @FunctionalInterface
  private interface Slot {
    void put(int row, Object value);
  }

  private final VectorSchemaRoot batch;
  private final List<RowData.FieldGetter> getters = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();

  /** Writes into {@code batch}, whose fields are those of {@code ArrowFields.schema(schema)}. */
  public RowBatches(VectorSchemaRoot batch, ResolvedSchema schema) {
    this.batch = batch;
    for (int i = 0; i < schema.getColumnCount(); i++) {
      LogicalType type = schema.getColumnDataTypes().get(i).getLogicalType();
      getters.add(RowData.createFieldGetter(type.copy(true), i));
      slots.add(slot(batch.getVector(i), type));
    }
  }

  /** Replaces the batch by the next rows, at most {@code most}; false if there are none. */
  public boolean fill(Iterator<RowData> rows, int most) {
    batch.clear();
    int count = 0;
    while (count < most && rows.hasNext()) {
      RowData row = rows.next();
      for (int i = 0; i < slots.size(); i++) {
        slots.get(i).put(count, getters.get(i).getFieldOrNull(row));
      }
      count++;
    }
    batch.setRowCount(count);
    return count > 0;
  }

  private static Slot slot(FieldVector vector, LogicalType type) {
    Slot present = presentSlot(vector, type);
    return (row, value) -> {
      if (value == null) {
        // Growing to the row is what a null needs; its validity bit is unset already.
        while (vector.getValueCapacity() <= row) {
          vector.reAlloc();
        }
        vector.setNull(row);
      } else {
        present.put(row, value);
      }
    };
  }

  private static Slot presentSlot(FieldVector vector, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> (row, v) -> ((BitVector) vector).setSafe(row, (Boolean) v ? 1 : 0);
      case TINYINT -> (row, v) -> ((TinyIntVector) vector).setSafe(row, (Byte) v);
      case SMALLINT -> (row, v) -> ((SmallIntVector) vector).setSafe(row, (Short) v);
      case INTEGER -> (row, v) -> ((IntVector) vector).setSafe(row, (Integer) v);
      case BIGINT -> (row, v) -> ((BigIntVector) vector).setSafe(row, (Long) v);
      case FLOAT -> (row, v) -> ((Float4Vector) vector).setSafe(row, (Float) v);
      case DOUBLE -> (row, v) -> ((Float8Vector) vector).setSafe(row, (Double) v);
      case BINARY, VARBINARY -> (row, v) -> ((VarBinaryVector) vector).setSafe(row, (byte[]) v);
      case DECIMAL ->
          (row, v) -> ((DecimalVector) vector).setSafe(row, ((DecimalData) v).toBigDecimal());
      case DATE -> (row, v) -> ((DateDayVector) vector).setSafe(row, (Integer) v);
      case TIME_WITHOUT_TIME_ZONE ->
          (row, v) -> ((TimeMicroVector) vector).setSafe(row, 1_000L * (Integer) v);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          timestamp((TimeStampVector) vector, type);
      case INTERVAL_YEAR_MONTH ->
          (row, v) -> ((IntervalYearVector) vector).setSafe(row, (Integer) v);
      case INTERVAL_DAY_TIME -> (row, v) -> ((DurationVector) vector).setSafe(row, (Long) v);
      case ARRAY -> array((ListVector) vector, ((ArrayType) type).getElementType());
      case MAP -> map((ListVector) vector, (MapType) type);
      case ROW -> struct((StructVector) vector, (RowType) type);
      default -> text((VarCharVector) vector);
    };
  }

  private static Slot timestamp(TimeStampVector vector, LogicalType type) {
    if (LogicalTypeChecks.getPrecision(type) > 6) {
      return (row, v) -> {
        TimestampData time = (TimestampData) v;
        vector.setSafe(
            row,
            Math.addExact(
                Math.multiplyExact(time.getMillisecond(), 1_000_000L),
                time.getNanoOfMillisecond()));
      };
    }
    return (row, v) -> {
      TimestampData time = (TimestampData) v;
      vector.setSafe(row, time.getMillisecond() * 1_000 + time.getNanoOfMillisecond() / 1_000);
    };
  }

  private static Slot array(ListVector vector, LogicalType elementType) {
    Slot element = slot((FieldVector) vector.getDataVector(), elementType);
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType.copy(true));
    return (row, v) -> {
      ArrayData array = (ArrayData) v;
      int start = vector.startNewValue(row);
      for (int i = 0; i < array.size(); i++) {
        element.put(start + i, getter.getElementOrNull(array, i));
      }
      vector.endValue(row, array.size());
    };
  }

  private static Slot map(ListVector vector, MapType type) {
    StructVector entry = (StructVector) vector.getDataVector();
    Slot key = slot(entry.getChildrenFromFields().get(0), type.getKeyType());
    Slot value = slot(entry.getChildrenFromFields().get(1), type.getValueType());
    ArrayData.ElementGetter keys = ArrayData.createElementGetter(type.getKeyType().copy(true));
    ArrayData.ElementGetter values = ArrayData.createElementGetter(type.getValueType().copy(true));
    return (row, v) -> {
      MapData map = (MapData) v;
      int start = vector.startNewValue(row);
      for (int i = 0; i < map.size(); i++) {
        define(entry, start + i);
        key.put(start + i, keys.getElementOrNull(map.keyArray(), i));
        value.put(start + i, values.getElementOrNull(map.valueArray(), i));
      }
      vector.endValue(row, map.size());
    };
  }

  private static Slot struct(StructVector vector, RowType type) {
    List<Slot> children = new ArrayList<>();
    List<RowData.FieldGetter> getters = new ArrayList<>();
    for (int i = 0; i < type.getFieldCount(); i++) {
      children.add(slot(vector.getChildrenFromFields().get(i), type.getTypeAt(i)));
      getters.add(RowData.createFieldGetter(type.getTypeAt(i).copy(true), i));
    }
    return (row, v) -> {
      define(vector, row);
      for (int i = 0; i < children.size(); i++) {
        children.get(i).put(row, getters.get(i).getFieldOrNull((RowData) v));
      }
    };
  }

  private static void define(StructVector vector, int row) {
    while (vector.getValueCapacity() <= row) {
      vector.reAlloc();
    }
    vector.setIndexDefined(row);
  }

  private static Slot text(VarCharVector vector) {
    return (row, v) ->
        vector.setSafe(
            row,
            v instanceof StringData text
                ? text.toBytes()
                : String.valueOf(v).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
