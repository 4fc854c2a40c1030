package io.orochi.gateway.cli.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One JSON object per line and row. Timestamps, dates and intervals are text as in CSV, bytes are
 * hexadecimal text, NaN and the infinities are text because JSON has no numbers for them.
 */
final class JsonFormat implements ResultFormat {
  private static final JsonFactory JSON = new JsonFactory();

  private final PrintWriter out;
  private List<Column> columns = List.of();

  JsonFormat(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(List<Column> newColumns) {
    columns = List.copyOf(newColumns);
  }

  @Override
  public void row(Object[] values) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      for (int i = 0; i < values.length; i++) {
        json.writeFieldName(columns.get(i).name());
        write(json, values[i]);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.append(line.getBuffer()).append('\n');
  }

  @Override
  public void end() {
    out.flush();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof BigDecimal decimal) {
      json.writeNumber(decimal.toPlainString());
    } else if (value instanceof Double || value instanceof Float) {
      writeFloating(json, (Number) value);
    } else if (value instanceof Number number) {
      json.writeNumber(number.toString());
    } else if (value instanceof byte[] bytes) {
      json.writeString(HexFormat.of().formatHex(bytes));
    } else if (value instanceof List<?> items) {
      json.writeStartArray();
      for (Object item : items) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> entries) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeString(ValueText.of(value));
    }
  }

  private static void writeFloating(JsonGenerator json, Number value) throws IOException {
    if (Double.isFinite(value.doubleValue())) {
      json.writeNumber(value.toString());
    } else {
      json.writeString(value.toString());
    }
  }
}
