package io.orochi.connectors.file.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.file.FileSourceConfig;
import io.orochi.connectors.file.split.FileSplit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.RowType;

/** RFC 4180 with a header line or without. An empty field is NULL. */
final class CsvRecordReader implements RecordReader {
  private final FileSplit split;
  private final FileSourceConfig config;
  private final RowType rowType;
  private final Rejections rejections;
  private final CloseableIterator<CsvRecord> records;
  private final TextValue[] parsers;
  private final int[] columns;
  private final int skippedLines;
  private long ordinal;

  CsvRecordReader(FileSplit split, FileSourceConfig config, Reader text) throws IOException {
    this.split = split;
    this.config = config;
    this.rowType = config.rowType();
    this.rejections = new Rejections(split, config);
    CsvFormat format = config.csv();
    BufferedReader lines = new BufferedReader(text, 1 << 16);
    for (int i = 0; i < format.skippedLines(); i++) {
      lines.readLine();
    }
    this.skippedLines = format.skippedLines();
    this.records =
        CsvReader.builder()
            .fieldSeparator(format.delimiter())
            .quoteCharacter(format.quote())
            .ofCsvRecord(lines)
            .iterator();
    this.columns = columns(format, config);
    this.parsers = new TextValue[columns.length];
    for (int i = 0; i < columns.length; i++) {
      parsers[i] = TextValue.of(rowType.getTypeAt(columns[i]), format);
    }
    while (ordinal < split.ordinal() && hasNext()) {
      records.next();
      ordinal++;
    }
  }

  /** For each field of a record, the column it goes to. */
  private int[] columns(CsvFormat format, FileSourceConfig config) {
    if (!format.header()) {
      return java.util.stream.IntStream.range(0, rowType.getFieldCount()).toArray();
    }
    if (!hasNext()) {
      return new int[0];
    }
    List<String> header = records.next().getFields();
    ColumnNames names = new ColumnNames(split.path(), config.rowType());
    int[] found = new int[header.size()];
    for (int i = 0; i < found.length; i++) {
      String name = header.get(i);
      found[i] = names.require(i == 0 && name.startsWith("\uFEFF") ? name.substring(1) : name);
    }
    return found;
  }

  @Override
  public SourceElement next() {
    if (!hasNext()) {
      return new SourceElement.End(split.splitId(), ordinal);
    }
    CsvRecord record = records.next();
    ordinal++;
    try {
      return new SourceElement.Row(split.splitId(), ordinal, row(record));
    } catch (InvalidValue e) {
      long line = record.getStartingLineNumber() + skippedLines;
      return rejections.reject(ordinal, line, String.join(",", record.getFields()), e);
    }
  }

  private boolean hasNext() {
    try {
      return records.hasNext();
    } catch (RuntimeException e) {
      if (RecordReaders.isTruncation(e)) {
        throw RecordReaders.truncated(split, ordinal, e);
      }
      throw e;
    }
  }

  private GenericRowData row(CsvRecord record) {
    if (record.getFieldCount() != columns.length) {
      throw new InvalidValue(
          "", "%d fields instead of %d".formatted(record.getFieldCount(), columns.length));
    }
    GenericRowData row = new GenericRowData(rowType.getFieldCount());
    for (int i = 0; i < columns.length; i++) {
      String field = record.getField(i);
      if (!field.isEmpty()) {
        try {
          row.setField(columns[i], parsers[i].parse(field));
        } catch (RuntimeException e) {
          throw Values.invalid(rowType, columns[i], field);
        }
      }
    }
    Values.requireAllowed(config, row);
    return row;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
