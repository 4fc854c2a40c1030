package io.orochi.catalog.flink.sink;

import io.orochi.catalog.flink.sink.publish.CompanionTable;
import io.orochi.catalog.flink.sink.state.CommitPart;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.apache.iceberg.flink.TableLoader;

/** What a writer writes to; travels to the cluster. */
interface WriterTarget extends Serializable {
  CommitPart.Destination destination();

  /** Asked once by each writer, when its first row comes. */
  ShardWriterFactory open();

  /** The target as it is now; empty if its rules do not change. */
  Optional<org.apache.iceberg.Table> newest();

  /** Gives back what {@link #open} has taken; without effect if it was not called. */
  void close() throws IOException;

  /** The table the job was built for, with the columns it had then. */
  record Table(ShardWriterFactory factory, TableLoader loader) implements WriterTarget {
    @Override
    public CommitPart.Destination destination() {
      return CommitPart.Destination.TABLE;
    }

    @Override
    public ShardWriterFactory open() {
      return factory;
    }

    @Override
    public Optional<org.apache.iceberg.Table> newest() {
      if (!loader.isOpen()) {
        loader.open();
      }
      return Optional.of(loader.loadTable());
    }

    @Override
    public void close() throws IOException {
      loader.close();
    }
  }

  /** The table beside it, created if it is absent. */
  final class Companion implements WriterTarget {
    private static final long serialVersionUID = 1L;

    private final CompanionTable companion;
    private final int maxOpenFiles;
    private transient CompanionTable.Opened opened;

    Companion(CompanionTable companion, int maxOpenFiles) {
      this.companion = companion;
      this.maxOpenFiles = maxOpenFiles;
    }

    @Override
    public CommitPart.Destination destination() {
      return CommitPart.Destination.COMPANION;
    }

    @Override
    public ShardWriterFactory open() {
      opened = companion.openOrCreate();
      return new ShardWriterFactory(opened.table(), maxOpenFiles);
    }

    @Override
    public Optional<org.apache.iceberg.Table> newest() {
      return Optional.empty();
    }

    @Override
    public void close() throws IOException {
      if (opened != null) {
        opened.close();
        opened = null;
      }
    }
  }
}
