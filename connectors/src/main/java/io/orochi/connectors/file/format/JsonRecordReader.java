package io.orochi.connectors.file.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.file.FileSourceConfig;
import io.orochi.connectors.file.split.FileSplit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.RowType;

/** One JSON object per line; lines of white space do not count. A missing member is NULL. */
final class JsonRecordReader implements RecordReader {
  private static final ObjectReader JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readerFor(JsonNode.class);

  private final FileSplit split;
  private final FileSourceConfig config;
  private final RowType rowType;
  private final Rejections rejections;
  private final ColumnNames names;
  private final BufferedReader lines;
  private final JsonValue[] converters;
  private long line;
  private long ordinal;

  JsonRecordReader(FileSplit split, FileSourceConfig config, Reader text) {
    this.split = split;
    this.config = config;
    this.rowType = config.rowType();
    this.rejections = new Rejections(split, config);
    this.names = new ColumnNames(split.path(), rowType);
    this.lines = new BufferedReader(text, 1 << 16);
    this.converters = new JsonValue[rowType.getFieldCount()];
    for (int i = 0; i < converters.length; i++) {
      converters[i] = JsonValue.of(rowType.getTypeAt(i));
    }
    while (ordinal < split.ordinal() && nextLine() != null) {
      ordinal++;
    }
  }

  @Override
  public SourceElement next() {
    String text = nextLine();
    if (text == null) {
      return new SourceElement.End(split.splitId(), ordinal);
    }
    ordinal++;
    try {
      return new SourceElement.Row(split.splitId(), ordinal, row(text));
    } catch (InvalidValue e) {
      return rejections.reject(ordinal, line, text, e);
    }
  }

  private String nextLine() {
    try {
      String text;
      do {
        text = lines.readLine();
        line++;
      } while (text != null && text.isBlank());
      return text;
    } catch (IOException e) {
      if (RecordReaders.isTruncation(e)) {
        throw RecordReaders.truncated(split, ordinal, e);
      }
      throw new UncheckedIOException(e);
    }
  }

  private GenericRowData row(String text) {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InvalidValue("", "no JSON: " + e.getOriginalMessage());
    }
    if (!node.isObject()) {
      throw new InvalidValue("", "no JSON object");
    }
    GenericRowData row = new GenericRowData(rowType.getFieldCount());
    for (Iterator<Map.Entry<String, JsonNode>> members = node.fields(); members.hasNext(); ) {
      Map.Entry<String, JsonNode> member = members.next();
      int column = names.find(member.getKey());
      if (column < 0) {
        throw new InvalidValue(member.getKey(), "the table has no such column");
      }
      if (!member.getValue().isNull()) {
        try {
          row.setField(column, converters[column].convert(member.getValue()));
        } catch (RuntimeException e) {
          throw Values.invalid(rowType, column, member.getValue().toString());
        }
      }
    }
    Values.requireAllowed(config, row);
    return row;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
