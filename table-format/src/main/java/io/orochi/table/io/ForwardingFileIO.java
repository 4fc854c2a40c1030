package io.orochi.table.io;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.hadoop.HadoopConfigurable;
import org.apache.iceberg.io.DelegateFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SupportsBulkOperations;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.util.SerializableSupplier;

/**
 * A FileIO that hands everything on to another. What the other cannot do in bulk is done file by
 * file; what it cannot list throws {@link UnsupportedOperationException}.
 */
public abstract class ForwardingFileIO implements DelegateFileIO, HadoopConfigurable {
  private static final long serialVersionUID = 1L;

  private final FileIO inner;

  protected ForwardingFileIO(FileIO inner) {
    this.inner = Objects.requireNonNull(inner);
  }

  protected final FileIO inner() {
    return inner;
  }

  @Override
  public InputFile newInputFile(String path) {
    return inner.newInputFile(path);
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return inner.newInputFile(path, length);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return inner.newOutputFile(path);
  }

  @Override
  public void deleteFile(String path) {
    inner.deleteFile(path);
  }

  @Override
  public void deleteFiles(Iterable<String> paths) {
    if (inner instanceof SupportsBulkOperations bulk) {
      bulk.deleteFiles(paths);
    } else {
      paths.forEach(inner::deleteFile);
    }
  }

  @Override
  public Iterable<FileInfo> listPrefix(String prefix) {
    return prefixes().listPrefix(prefix);
  }

  @Override
  public void deletePrefix(String prefix) {
    prefixes().deletePrefix(prefix);
  }

  @Override
  public Map<String, String> properties() {
    return inner.properties();
  }

  @Override
  public void initialize(Map<String, String> properties) {
    inner.initialize(properties);
  }

  @Override
  public void close() {
    inner.close();
  }

  @Override
  public void serializeConfWith(
      Function<Configuration, SerializableSupplier<Configuration>> serializer) {
    if (inner instanceof HadoopConfigurable configurable) {
      configurable.serializeConfWith(serializer);
    }
  }

  @Override
  public void setConf(Configuration conf) {
    if (inner instanceof HadoopConfigurable configurable) {
      configurable.setConf(conf);
    }
  }

  @Override
  public Configuration getConf() {
    return inner instanceof HadoopConfigurable configurable ? configurable.getConf() : null;
  }

  private SupportsPrefixOperations prefixes() {
    if (inner instanceof SupportsPrefixOperations prefixes) {
      return prefixes;
    }
    throw new UnsupportedOperationException(inner.getClass().getName() + " cannot list files");
  }
}
