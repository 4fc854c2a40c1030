package io.orochi.table.kernel;

import io.orochi.table.digest.TableDigests;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.bloom.BloomFilters;
import io.orochi.table.kernel.deletes.DeleteMemory;
import io.orochi.table.kernel.exec.FileShapes;
import io.orochi.table.kernel.exec.InstanceSettings;
import io.orochi.table.kernel.exec.KernelConnections;
import io.orochi.table.kernel.exec.ShardFunctions;
import io.orochi.table.kernel.files.DigestLookup;
import io.orochi.table.kernel.files.FileCache;
import io.orochi.table.kernel.files.LocalFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One hardened DuckDB instance. It reads only the allowed folders and its cache, loads no
 * extensions, and its settings are locked; callers hand it generated SQL only, because COPY inside
 * an allowed folder is still possible. Safe to share between threads.
 */
public final class Kernel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Kernel.class);

  private final DuckDBConnection root;
  private final KernelConnections connections;
  private final LocalFiles files;
  private final FileShapes shapes = new FileShapes();
  private final DeleteMemory deletes;
  private final BloomFilters blooms = new BloomFilters(shapes);
  private final Path spillFolder;
  private final Set<KernelSession> sessions = ConcurrentHashMap.newKeySet();

  private Kernel(DuckDBConnection root, LocalFiles files, DeleteMemory deletes, Path spillFolder) {
    this.root = root;
    this.connections = new KernelConnections(root);
    this.files = files;
    this.deletes = deletes;
    this.spillFolder = spillFolder;
  }

  /** Opens an instance that nothing else shares; no other may have the same cache folder. */
  public static Kernel open(KernelConfig config) {
    return open(config, new TableDigests()::digestOf);
  }

  /** The same, with functions that its statements may call. */
  public static Kernel open(KernelConfig config, List<KernelFunction> functions) {
    return open(config, new TableDigests()::digestOf, DeleteMemory.ofHeap(), functions);
  }

  static Kernel open(KernelConfig config, DigestLookup digests) {
    return open(config, digests, DeleteMemory.ofHeap());
  }

  static Kernel open(KernelConfig config, DigestLookup digests, DeleteMemory deletes) {
    return open(config, digests, deletes, List.of());
  }

  private static Kernel open(
      KernelConfig config,
      DigestLookup digests,
      DeleteMemory deletes,
      List<KernelFunction> functions) {
    Path spillFolder = config.tempFolder().resolve("kernel-" + UUID.randomUUID());
    try {
      Files.createDirectories(spillFolder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create the kernel's temp folder", e);
    }
    FileCache cache = new FileCache(config.cacheFolder(), config.cacheBytes());
    List<Path> folders = new ArrayList<>(config.allowedFolders());
    folders.add(config.cacheFolder());
    try {
      DuckDBConnection root = connect();
      ShardFunctions.register(root);
      JavaFunctions.register(root, functions);
      deletes.kept().register(root);
      InstanceSettings.apply(
          root,
          new InstanceSettings.Limits(
              config.memoryBytes(), config.threads(), spillFolder, config.tempBytes()),
          folders);
      LocalFiles files = new LocalFiles(config.allowedFolders(), cache, digests, config.threads());
      return new Kernel(root, files, deletes, spillFolder);
    } catch (SQLException e) {
      throw failure("Cannot start the kernel", e);
    }
  }

  private static DuckDBConnection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    return DriverManager.getConnection("jdbc:duckdb:", properties).unwrap(DuckDBConnection.class);
  }

  /** A session with relations of its own, in UTC. */
  public KernelSession openSession() {
    try {
      KernelSession session =
          new KernelSession(connections, files, shapes, deletes, blooms, sessions::remove);
      sessions.add(session);
      return session;
    } catch (SQLException e) {
      throw failure("Cannot open a kernel session", e);
    }
  }

  /** Cancels what still runs, gives the memory back and removes what was spilled. */
  @Override
  public void close() {
    for (KernelSession session : List.copyOf(sessions)) {
      session.cancel();
      session.close();
    }
    files.close();
    connections.close();
    try {
      root.close();
    } catch (SQLException e) {
      LOG.warn("Cannot close the kernel cleanly", e);
    }
    removeSpilled();
  }

  private void removeSpilled() {
    try (Stream<Path> spilled = Files.walk(spillFolder)) {
      for (Path path : spilled.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LOG.warn("Cannot remove {}", spillFolder, e);
    }
  }

  private static OrochiException failure(String summary, SQLException cause) {
    return OrochiException.of(OrochiErrorCode.KERNEL_FAILED, summary)
        .withDetail(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""))
        .causedBy(cause);
  }
}
