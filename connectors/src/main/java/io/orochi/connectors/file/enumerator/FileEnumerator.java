package io.orochi.connectors.file.enumerator;

import io.orochi.connectors.element.SourceFailures;
import io.orochi.connectors.element.SplitPosition;
import io.orochi.connectors.file.FileKind;
import io.orochi.connectors.file.FileSourceConfig;
import io.orochi.connectors.file.split.FileKey;
import io.orochi.connectors.file.split.FileLedger;
import io.orochi.connectors.file.split.FileSplit;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds files and hands one at a time to each reader that asks. Runs in the coordinator's thread;
 * only looking at the file system happens elsewhere.
 *
 * <p>A source that watches takes a file when two looks in a row found it unchanged, and a file that
 * has grown when its earlier split is finished.
 */
public final class FileEnumerator implements SplitEnumerator<FileSplit, FileEnumeratorState> {
  private static final Logger LOG = LoggerFactory.getLogger(FileEnumerator.class);

  private final SplitEnumeratorContext<FileSplit> context;
  private final FileSourceConfig config;
  private final FileFinder finder;
  private final FileLedger ledger;
  private final Deque<FileSplit> waiting;
  private final Set<String> assigned;
  private final Set<Integer> idleReaders = new LinkedHashSet<>();
  private Map<String, FileKey> lastLook = new HashMap<>();
  private boolean discovered;

  public FileEnumerator(
      SplitEnumeratorContext<FileSplit> context,
      FileSourceConfig config,
      FileEnumeratorState state) {
    this.context = context;
    this.config = config;
    this.finder = new FileFinder(config.paths(), config.format());
    this.ledger = new FileLedger(state.positions());
    this.waiting = new ArrayDeque<>(state.waiting());
    this.assigned = new HashSet<>(state.assigned());
    this.discovered = state.discovered();
  }

  /** One file as a look at the file system found it. */
  private record Seen(FileKey key, FileKind kind) {}

  @Override
  public void start() {
    if (config.watches()) {
      context.callAsync(this::look, this::onLook, 0, config.watchEvery().toMillis());
    } else if (!discovered) {
      context.callAsync(this::look, this::onLook);
    }
  }

  private List<Seen> look() throws IOException {
    List<Seen> seen = new ArrayList<>();
    for (Map.Entry<Path, FileKind> file : finder.find().entrySet()) {
      seen.add(new Seen(FileKey.of(file.getKey()), file.getValue()));
    }
    return seen;
  }

  private void onLook(List<Seen> seen, Throwable failure) {
    if (failure != null) {
      if (config.watches() && failure instanceof IOException) {
        LOG.warn("Cannot look for files; will look again", failure);
        return;
      }
      if (failure instanceof OrochiException known) {
        throw SourceFailures.withoutRestart(known);
      }
      throw failure instanceof RuntimeException runtime
          ? runtime
          : new IllegalStateException("Cannot look for files", failure);
    }
    Map<String, FileKey> look = new HashMap<>();
    for (Seen file : seen) {
      look.put(file.key().path(), file.key());
      boolean stable = !config.watches() || file.key().equals(lastLook.get(file.key().path()));
      if (stable) {
        offer(file);
      }
    }
    lastLook = look;
    discovered = true;
    assignWaiting();
  }

  private void offer(Seen file) {
    String id = file.key().text();
    String path = file.key().path();
    boolean beingRead =
        assigned.stream().anyMatch(other -> pathOf(other).equals(path))
            || waiting.stream().anyMatch(split -> split.path().equals(path));
    if (beingRead || ledger.isDone(file.key())) {
      return;
    }
    try {
      waiting.add(new FileSplit(id, path, file.kind(), ledger.recordsRead(file.key())));
    } catch (IOException e) {
      LOG.warn("Cannot read the beginning of {}; will look again", path, e);
    }
  }

  private static String pathOf(String splitId) {
    return FileKey.parse(splitId).map(FileKey::path).orElse(splitId);
  }

  @Override
  public void handleSplitRequest(int subtask, String requesterHostname) {
    idleReaders.add(subtask);
    assignWaiting();
  }

  private void assignWaiting() {
    if (!discovered) {
      return;
    }
    Collection<Integer> readers = new ArrayList<>(idleReaders);
    for (int reader : readers) {
      if (!context.registeredReaders().containsKey(reader)) {
        idleReaders.remove(reader);
      } else if (!waiting.isEmpty()) {
        FileSplit split = waiting.poll();
        assigned.add(split.splitId());
        context.assignSplit(split, reader);
        idleReaders.remove(reader);
      } else if (!config.watches()) {
        context.signalNoMoreSplits(reader);
        idleReaders.remove(reader);
      }
    }
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (event instanceof SplitFinished finished) {
      assigned.remove(finished.splitId());
      ledger.record(finished.splitId(), new SplitPosition(finished.ordinal(), true).text());
    }
  }

  @Override
  public void addSplitsBack(List<FileSplit> splits, int subtask) {
    for (FileSplit split : splits) {
      assigned.remove(split.splitId());
      waiting.addFirst(split);
    }
    assignWaiting();
  }

  @Override
  public void addReader(int subtask) {
    // Readers ask when they want a file.
  }

  @Override
  public FileEnumeratorState snapshotState(long checkpointId) {
    return new FileEnumeratorState(discovered, List.copyOf(waiting), assigned, ledger.positions());
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
