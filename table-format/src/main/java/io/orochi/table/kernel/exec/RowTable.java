package io.orochi.table.kernel.exec;

import io.orochi.table.kernel.sql.KernelTypes;
import io.orochi.table.kernel.sql.SqlText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Rows in memory as a temp table. */
public final class RowTable {
  private final Schema schema;

  public RowTable(Schema schema) {
    this.schema = schema;
  }

  public void create(Connection connection, String name, Iterable<Object[]> rows)
      throws SQLException {
    String columns =
        schema.columns().stream()
            .map(
                column ->
                    SqlText.identifier(column.name()) + " " + KernelTypes.nameOf(column.type()))
            .collect(Collectors.joining(", ", "(", ")"));
    Statements.execute(connection, "CREATE TEMP TABLE " + name + columns);
    try (DuckDBAppender appender =
        connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", name)) {
      for (Object[] row : rows) {
        append(appender, row);
      }
    }
  }

  private void append(DuckDBAppender appender, Object[] row) throws SQLException {
    if (row.length != schema.columns().size()) {
      throw new IllegalArgumentException(
          "a row of " + row.length + " values for " + schema.columns().size() + " columns");
    }
    appender.beginRow();
    for (int i = 0; i < row.length; i++) {
      append(appender, schema.columns().get(i).type(), row[i]);
    }
    appender.endRow();
  }

  private static void append(DuckDBAppender appender, Type type, Object value) throws SQLException {
    if (value == null) {
      appender.appendNull();
      return;
    }
    switch (type.typeId()) {
      case BOOLEAN -> appender.append((boolean) value);
      case INTEGER -> appender.append(((Number) value).intValue());
      case LONG -> appender.append(((Number) value).longValue());
      case FLOAT -> appender.append(((Number) value).floatValue());
      case DOUBLE -> appender.append(((Number) value).doubleValue());
      case DECIMAL -> appender.append(scaled((BigDecimal) value, (Types.DecimalType) type));
      case DATE -> appender.append((LocalDate) value);
      case TIME -> appender.append((LocalTime) value);
      case TIMESTAMP, TIMESTAMP_NANO -> appendTimestamp(appender, value);
      case UUID -> appender.append((UUID) value);
      case FIXED, BINARY -> appender.append(bytesOf(value));
      case STRUCT -> appendStruct(appender, type.asStructType(), value);
      case LIST -> appender.append((List<?>) plain(type, value));
      case MAP -> appender.append((Map<?, ?>) plain(type, value));
      default -> appender.append(value.toString());
    }
  }

  private static void appendTimestamp(DuckDBAppender appender, Object value) throws SQLException {
    if (value instanceof LocalDateTime local) {
      appender.append(local);
    } else if (value instanceof Instant instant) {
      appender.append(instant.atOffset(ZoneOffset.UTC));
    } else {
      appender.append((OffsetDateTime) value);
    }
  }

  private static void appendStruct(DuckDBAppender appender, Types.StructType type, Object value)
      throws SQLException {
    appender.beginStruct();
    for (int i = 0; i < type.fields().size(); i++) {
      append(appender, type.fields().get(i).type(), valueAt(value, i));
    }
    appender.endStruct();
  }

  /** Nested values as the appender takes them: lists, maps, and maps by name for structs. */
  private static Object plain(Type type, Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.typeId()) {
      case LIST ->
          ((List<?>) value)
              .stream()
                  .map(element -> plain(type.asListType().elementType(), element))
                  .collect(Collectors.toCollection(java.util.ArrayList::new));
      case MAP -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach(
                (key, mapped) ->
                    map.put(
                        plain(type.asMapType().keyType(), key),
                        plain(type.asMapType().valueType(), mapped)));
        yield map;
      }
      case STRUCT -> {
        Map<Object, Object> struct = new LinkedHashMap<>();
        List<Types.NestedField> fields = type.asStructType().fields();
        for (int i = 0; i < fields.size(); i++) {
          struct.put(fields.get(i).name(), plain(fields.get(i).type(), valueAt(value, i)));
        }
        yield struct;
      }
      case FIXED, BINARY -> bytesOf(value);
      case DECIMAL -> scaled((BigDecimal) value, (Types.DecimalType) type);
      default -> value;
    };
  }

  private static Object valueAt(Object struct, int position) {
    return struct instanceof StructLike like
        ? like.get(position, Object.class)
        : ((Object[]) struct)[position];
  }

  private static BigDecimal scaled(BigDecimal value, Types.DecimalType type) {
    return value.setScale(type.scale(), RoundingMode.UNNECESSARY);
  }

  private static byte[] bytesOf(Object value) {
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    return (byte[]) value;
  }
}
