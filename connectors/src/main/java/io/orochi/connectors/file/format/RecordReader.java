package io.orochi.connectors.file.format;

import io.orochi.connectors.element.SourceElement;
import java.io.Closeable;

/** The records of one file, from its split's ordinal on. Not safe for threads. */
public interface RecordReader extends Closeable {
  /**
   * The next element; after {@link SourceElement.End} it must not be called again.
   *
   * @throws io.orochi.table.error.OrochiException INPUT_ROW_INVALID, INPUT_TRUNCATED,
   *     INPUT_COLUMN_UNKNOWN
   */
  SourceElement next();
}
