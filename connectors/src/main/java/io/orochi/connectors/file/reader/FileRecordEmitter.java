package io.orochi.connectors.file.reader;

import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.file.split.FileSplitState;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

/** Emits elements as they are and remembers how far it got. */
final class FileRecordEmitter
    implements RecordEmitter<SourceElement, SourceElement, FileSplitState> {
  @Override
  public void emitRecord(
      SourceElement element, SourceOutput<SourceElement> output, FileSplitState state) {
    output.collect(element);
    state.advanceTo(element.ordinal());
  }
}
