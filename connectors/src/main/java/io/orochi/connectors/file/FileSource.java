package io.orochi.connectors.file;

import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.element.SourceElementTypeInfo;
import io.orochi.connectors.file.enumerator.FileEnumerator;
import io.orochi.connectors.file.enumerator.FileEnumeratorState;
import io.orochi.connectors.file.enumerator.FileEnumeratorStateSerializer;
import io.orochi.connectors.file.reader.FileSourceReader;
import io.orochi.connectors.file.split.FileSplit;
import io.orochi.connectors.file.split.FileSplitSerializer;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Reads the rows of files, each record once: a file is known by its {@link
 * io.orochi.connectors.file.split.FileKey}, a record by its number in the file.
 */
public final class FileSource
    implements Source<SourceElement, FileSplit, FileEnumeratorState>,
        ResultTypeQueryable<SourceElement> {
  private static final long serialVersionUID = 1L;

  private final FileSourceConfig config;

  public FileSource(FileSourceConfig config) {
    this.config = config;
  }

  @Override
  public Boundedness getBoundedness() {
    return config.watches() ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<FileSplit, FileEnumeratorState> createEnumerator(
      SplitEnumeratorContext<FileSplit> context) {
    return restoreEnumerator(
        context, new FileEnumeratorState(false, List.of(), Set.of(), config.positions()));
  }

  @Override
  public SplitEnumerator<FileSplit, FileEnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<FileSplit> context, FileEnumeratorState state) {
    return new FileEnumerator(context, config, state);
  }

  @Override
  public SourceReader<SourceElement, FileSplit> createReader(SourceReaderContext context) {
    return new FileSourceReader(config, context);
  }

  @Override
  public SimpleVersionedSerializer<FileSplit> getSplitSerializer() {
    return new FileSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<FileEnumeratorState> getEnumeratorCheckpointSerializer() {
    return new FileEnumeratorStateSerializer();
  }

  @Override
  public TypeInformation<SourceElement> getProducedType() {
    return new SourceElementTypeInfo(config.rowType());
  }
}
