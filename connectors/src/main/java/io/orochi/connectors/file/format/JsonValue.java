package io.orochi.connectors.file.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Makes Flink's internal value from JSON that is not null; any exception means it cannot. */
@FunctionalInterface
interface JsonValue {
  Object convert(JsonNode node);

  static JsonValue of(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case VARCHAR, CHAR ->
          node -> StringData.fromString(node.isValueNode() ? node.asText() : node.toString());
      case ARRAY -> array((ArrayType) type);
      case MAP -> map((MapType) type);
      case ROW -> row((RowType) type);
      default -> {
        TextValue text = TextValue.of(type, CsvFormat.DEFAULT);
        yield node -> {
          if (!node.isValueNode()) {
            throw new IllegalArgumentException(node.toString());
          }
          return text.parse(node.isNumber() ? node.decimalValue().toPlainString() : node.asText());
        };
      }
    };
  }

  private static Object orNull(JsonValue converter, JsonNode node) {
    return node == null || node.isNull() ? null : converter.convert(node);
  }

  private static JsonValue array(ArrayType type) {
    JsonValue element = of(type.getElementType());
    return node -> {
      if (!node.isArray()) {
        throw new IllegalArgumentException(node.toString());
      }
      Object[] values = new Object[node.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = orNull(element, node.get(i));
      }
      return new GenericArrayData(values);
    };
  }

  private static JsonValue map(MapType type) {
    TextValue key = TextValue.of(type.getKeyType(), CsvFormat.DEFAULT);
    JsonValue value = of(type.getValueType());
    return node -> {
      Map<Object, Object> entries = new HashMap<>();
      for (Iterator<Map.Entry<String, JsonNode>> members = node.fields(); members.hasNext(); ) {
        Map.Entry<String, JsonNode> member = members.next();
        entries.put(key.parse(member.getKey()), orNull(value, member.getValue()));
      }
      return new GenericMapData(entries);
    };
  }

  private static JsonValue row(RowType type) {
    JsonValue[] fields = new JsonValue[type.getFieldCount()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = of(type.getTypeAt(i));
    }
    return node -> {
      GenericRowData row = new GenericRowData(fields.length);
      for (int i = 0; i < fields.length; i++) {
        row.setField(i, orNull(fields[i], node.get(type.getFieldNames().get(i))));
      }
      return row;
    };
  }
}
