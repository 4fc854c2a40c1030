package io.orochi.gateway.statement.arrow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Arrow batches as Flink rows. The rows are copies and outlive the batch. */
public final class ArrowReads {
  private ArrowReads() {}

  /** Reads one column's value in Flink's internal form; null if it is null. */
  @FunctionalInterface
  private interface Cell {
    Object at(int row);
  }

  public static List<RowData> rows(VectorSchemaRoot batch, ResolvedSchema schema) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < schema.getColumnCount(); i++) {
      cells.add(cell(batch.getVector(i), schema.getColumnDataTypes().get(i).getLogicalType()));
    }
    List<RowData> rows = new ArrayList<>(batch.getRowCount());
    for (int row = 0; row < batch.getRowCount(); row++) {
      rows.add(row(cells, row));
    }
    return rows;
  }

  private static GenericRowData row(List<Cell> cells, int row) {
    GenericRowData data = new GenericRowData(cells.size());
    for (int i = 0; i < cells.size(); i++) {
      data.setField(i, cells.get(i).at(row));
    }
    return data;
  }

  private static Cell cell(ValueVector vector, LogicalType type) {
    Cell present = presentCell(vector, type);
    return row -> vector.isNull(row) ? null : present.at(row);
  }

  private static Cell presentCell(ValueVector vector, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> row -> ((BitVector) vector).get(row) != 0;
      case TINYINT -> row -> (byte) whole(vector, row);
      case SMALLINT -> row -> (short) whole(vector, row);
      case INTEGER -> row -> (int) whole(vector, row);
      case BIGINT -> row -> whole(vector, row);
      case FLOAT -> row -> ((Float4Vector) vector).get(row);
      case DOUBLE -> row -> ((Float8Vector) vector).get(row);
      case BINARY, VARBINARY -> row -> ((VarBinaryVector) vector).get(row);
      case DECIMAL -> row -> decimal((DecimalVector) vector, (DecimalType) type, row);
      case DATE -> row -> day(vector, row);
      case TIME_WITHOUT_TIME_ZONE -> row -> timeOfDay(vector, row);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          timestamp((TimeStampVector) vector);
      case INTERVAL_YEAR_MONTH -> row -> ((IntervalYearVector) vector).get(row);
      case INTERVAL_DAY_TIME -> row -> ((DurationVector) vector).getObject(row).toMillis();
      case ARRAY -> array((ListVector) vector, ((ArrayType) type).getElementType());
      case MAP -> map((ListVector) vector, (MapType) type);
      case ROW -> struct((StructVector) vector, (RowType) type);
      default -> text(vector);
    };
  }

  private static long whole(ValueVector vector, int row) {
    return ((BaseIntVector) vector).getValueAsLong(row);
  }

  private static DecimalData decimal(DecimalVector vector, DecimalType type, int row) {
    return DecimalData.fromBigDecimal(vector.getObject(row), type.getPrecision(), type.getScale());
  }

  private static int day(ValueVector vector, int row) {
    return vector instanceof DateMilliVector millis
        ? (int) Math.floorDiv(millis.get(row), TimeUnit.DAYS.toMillis(1))
        : ((DateDayVector) vector).get(row);
  }

  private static int timeOfDay(ValueVector vector, int row) {
    if (vector instanceof TimeMicroVector micros) {
      return (int) (micros.get(row) / 1_000);
    } else if (vector instanceof TimeNanoVector nanos) {
      return (int) (nanos.get(row) / 1_000_000);
    } else if (vector instanceof TimeSecVector seconds) {
      return seconds.get(row) * 1_000;
    }
    return ((TimeMilliVector) vector).get(row);
  }

  private static Cell timestamp(TimeStampVector vector) {
    return switch (((ArrowType.Timestamp) vector.getField().getType()).getUnit()) {
      case SECOND -> row -> ofUnits(vector.get(row), 1);
      case MILLISECOND -> row -> ofUnits(vector.get(row), 1_000);
      case MICROSECOND -> row -> ofUnits(vector.get(row), 1_000_000);
      case NANOSECOND -> row -> ofUnits(vector.get(row), 1_000_000_000);
    };
  }

  private static TimestampData ofUnits(long units, long perSecond) {
    long seconds = Math.floorDiv(units, perSecond);
    long nanos = Math.floorMod(units, perSecond) * (1_000_000_000L / perSecond);
    return TimestampData.fromEpochMillis(
        seconds * 1_000 + nanos / 1_000_000, (int) (nanos % 1_000_000));
  }

  private static Cell array(ListVector vector, LogicalType elementType) {
    Cell element = cell(vector.getDataVector(), elementType);
    return row -> {
      int start = vector.getElementStartIndex(row);
      Object[] values = new Object[vector.getElementEndIndex(row) - start];
      for (int i = 0; i < values.length; i++) {
        values[i] = element.at(start + i);
      }
      return new GenericArrayData(values);
    };
  }

  private static Cell map(ListVector vector, MapType type) {
    List<FieldVector> entry = ((StructVector) vector.getDataVector()).getChildrenFromFields();
    Cell key = cell(entry.get(0), type.getKeyType());
    Cell value = cell(entry.get(1), type.getValueType());
    return row -> {
      Map<Object, Object> values = new HashMap<>();
      for (int i = vector.getElementStartIndex(row); i < vector.getElementEndIndex(row); i++) {
        values.put(key.at(i), value.at(i));
      }
      return new GenericMapData(values);
    };
  }

  private static Cell struct(StructVector vector, RowType type) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < type.getFieldCount(); i++) {
      cells.add(cell(vector.getChildrenFromFields().get(i), type.getTypeAt(i)));
    }
    return row -> row(cells, row);
  }

  private static Cell text(ValueVector vector) {
    return vector instanceof VarCharVector chars
        ? row -> StringData.fromBytes(chars.get(row))
        : row -> StringData.fromString(String.valueOf(vector.getObject(row)));
  }
}
