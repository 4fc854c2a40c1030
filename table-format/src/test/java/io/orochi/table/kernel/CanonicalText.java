package io.orochi.table.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.Record;

/** One text for one value, whether Iceberg or the kernel gave it. */
final class CanonicalText {
  private CanonicalText() {}

  /** The first {@code columns} values. */
  static String of(StructLike struct, int columns) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < columns; i++) {
      text.append(i == 0 ? "" : "|").append(of(struct.get(i, Object.class)));
    }
    return text.append('}').toString();
  }

  static String of(Object value) {
    if (value instanceof Record record) {
      return of(record, record.size());
    } else if (value instanceof List<?> list) {
      return list.stream().map(CanonicalText::of).collect(Collectors.joining(",", "[", "]"));
    } else if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((key, mapped) -> sorted.put(of(key), of(mapped)));
      return sorted.toString();
    } else if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return "x" + HexFormat.of().formatHex(copy);
    } else if (value instanceof byte[] bytes) {
      return "x" + HexFormat.of().formatHex(bytes);
    } else if (value instanceof OffsetDateTime time) {
      return "z" + nanos(time.toInstant());
    } else if (value instanceof LocalDateTime time) {
      return "t" + nanos(time.toInstant(ZoneOffset.UTC));
    } else if (value instanceof LocalTime time) {
      return "T" + time.toNanoOfDay();
    } else if (value instanceof LocalDate date) {
      return "d" + date.toEpochDay();
    } else if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return String.valueOf(value);
  }

  private static String nanos(Instant instant) {
    return BigInteger.valueOf(instant.getEpochSecond())
        .multiply(BigInteger.valueOf(1_000_000_000))
        .add(BigInteger.valueOf(instant.getNano()))
        .toString();
  }

  static String of(List<FieldVector> columns, int row) {
    return columns.stream()
        .map(column -> of(column, row))
        .collect(Collectors.joining("|", "{", "}"));
  }

  private static String of(ValueVector vector, int row) {
    if (vector.isNull(row)) {
      return "null";
    } else if (vector instanceof MapVector map) {
      return ofMap(map, row);
    } else if (vector instanceof ListVector list) {
      StringBuilder text = new StringBuilder("[");
      int start = list.getElementStartIndex(row);
      for (int i = start; i < list.getElementEndIndex(row); i++) {
        text.append(i == start ? "" : ",").append(of(list.getDataVector(), i));
      }
      return text.append(']').toString();
    } else if (vector instanceof StructVector struct) {
      return struct.getChildrenFromFields().stream()
          .map(child -> of((ValueVector) child, row))
          .collect(Collectors.joining("|", "{", "}"));
    }
    return ofPrimitive(vector, row);
  }

  private static String ofMap(MapVector map, int row) {
    Map<String, String> sorted = new TreeMap<>();
    StructVector entries = (StructVector) map.getDataVector();
    for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
      sorted.put(of(entries.getChildByOrdinal(0), i), of(entries.getChildByOrdinal(1), i));
    }
    return sorted.toString();
  }

  private static String ofPrimitive(ValueVector vector, int row) {
    if (vector instanceof TimeStampMicroTZVector v) {
      return "z" + micros(v.get(row));
    } else if (vector instanceof TimeStampMicroVector v) {
      return "t" + micros(v.get(row));
    } else if (vector instanceof TimeStampNanoTZVector v) {
      return "z" + v.get(row);
    } else if (vector instanceof TimeStampNanoVector v) {
      return "t" + v.get(row);
    } else if (vector instanceof TimeMicroVector v) {
      return "T" + v.get(row) * 1000;
    } else if (vector instanceof DateDayVector v) {
      return "d" + v.get(row);
    } else if (vector instanceof BitVector v) {
      return String.valueOf(v.get(row) == 1);
    }
    return of(vector.getObject(row));
  }

  private static String micros(long value) {
    return BigInteger.valueOf(value).multiply(BigInteger.valueOf(1000)).toString();
  }
}
