package io.orochi.table.kernel.files;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orochi.table.digest.Digest;
import io.orochi.table.error.OrochiException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the files of a scan openable by the kernel: those under an allowed folder as they are, all
 * others through the cache. Each is compared with its length and digest before its first use;
 * (path, length, modification time) of a good one is remembered, so a later use costs one stat.
 * Safe to share between threads.
 */
public final class LocalFiles implements AutoCloseable {
  private static final long FILES_REMEMBERED = 1_000_000;
  private static final long CANCEL_POLL_MILLIS = 50;
  private static final Logger LOG = LoggerFactory.getLogger(LocalFiles.class);
  private static final String PATTERN_CHARACTERS = "*?[]{}\\";

  private final List<Path> folders;
  private final FileCache cache;
  private final DigestLookup digests;
  private final ExecutorService workers;
  private final Cache<String, LocalFile> known =
      Caffeine.newBuilder().maximumSize(FILES_REMEMBERED).build();

  /**
   * @param folders absolute and normalized; files under them are read in place
   * @param threads how many files are checked at a time
   */
  public LocalFiles(List<Path> folders, FileCache cache, DigestLookup digests, int threads) {
    this.folders = List.copyOf(folders);
    this.cache = cache;
    this.digests = digests;
    AtomicLong number = new AtomicLong();
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "kernel-files-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * @param cancelled asked while waiting; the lease fails with QUERY_CANCELLED soon after it is
   *     true
   * @throws OrochiException DATA_FILE_CORRUPT or DATA_FILE_MISSING naming file and table, DISK_FULL
   *     if the cache cannot grow, STORAGE_UNAVAILABLE; no file stays leased then
   */
  public FileLease lease(
      Table table, Collection<? extends ContentFile<?>> files, BooleanSupplier cancelled) {
    Map<String, LocalFile> leased = new HashMap<>();
    Map<String, ContentFile<?>> unknown = new LinkedHashMap<>();
    for (ContentFile<?> file : files) {
      Optional<LocalFile> remembered = remembered(file);
      if (remembered.isPresent()) {
        leased.put(file.location(), remembered.get());
      } else {
        unknown.put(file.location(), file);
      }
    }
    ConcurrentLinkedQueue<PinnedCopy> pins = new ConcurrentLinkedQueue<>();
    try {
      leased.putAll(checkAll(table, unknown, pins, cancelled));
      return new FileLease(leased, pins);
    } catch (RuntimeException e) {
      pins.forEach(pin -> pin.copy().unpin());
      throw e;
    }
  }

  /** Stops checks under way; their leases fail. */
  @Override
  public void close() {
    workers.shutdownNow();
  }

  /** Files in place only: a cached copy must be pinned anew each time. */
  private Optional<LocalFile> remembered(ContentFile<?> file) {
    return inPlace(file.location())
        .flatMap(path -> Optional.ofNullable(known.getIfPresent(path.toString())))
        .filter(LocalFiles::unchanged);
  }

  private static boolean unchanged(LocalFile file) {
    try {
      BasicFileAttributes now =
          Files.readAttributes(Path.of(file.path()), BasicFileAttributes.class);
      return now.size() == file.length()
          && now.lastModifiedTime().toMillis() == file.modifiedMillis();
    } catch (IOException e) {
      return false;
    }
  }

  private Map<String, LocalFile> checkAll(
      Table table,
      Map<String, ContentFile<?>> files,
      Collection<PinnedCopy> pins,
      BooleanSupplier cancelled) {
    Map<String, Future<LocalFile>> checks = new LinkedHashMap<>();
    files.forEach(
        (location, file) -> checks.put(location, workers.submit(() -> check(table, file, pins))));
    Map<String, LocalFile> checked = new HashMap<>();
    try {
      for (Map.Entry<String, Future<LocalFile>> check : checks.entrySet()) {
        checked.put(check.getKey(), await(check.getValue(), cancelled));
      }
      return checked;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw FileFailures.cancelled();
    } catch (ExecutionException e) {
      throw OrochiException.findIn(e)
          .orElseGet(() -> FileFailures.unreadable(table, "", e.getCause()));
    } finally {
      checks.values().forEach(check -> check.cancel(true));
    }
  }

  private static LocalFile await(Future<LocalFile> check, BooleanSupplier cancelled)
      throws InterruptedException, ExecutionException {
    while (true) {
      if (cancelled.getAsBoolean()) {
        throw FileFailures.cancelled();
      }
      try {
        return check.get(CANCEL_POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillRunning) {
        LOG.trace("A file is still being checked");
      }
    }
  }

  private LocalFile check(Table table, ContentFile<?> file, Collection<PinnedCopy> pins) {
    String location = file.location();
    try {
      Optional<Path> inPlace = inPlace(location);
      return inPlace.isPresent()
          ? checkInPlace(table, file, inPlace.get())
          : checkCopy(table, file, pins);
    } catch (NoSuchFileException | FileNotFoundException | NotFoundException e) {
      throw FileFailures.missing(table, location);
    } catch (IOException e) {
      throw FileFailures.unreadable(table, location, e);
    }
  }

  /** The kernel keeps what it read of a file, so other bytes under the same path would mix. */
  private LocalFile checkInPlace(Table table, ContentFile<?> file, Path path) throws IOException {
    LocalFile before = known.getIfPresent(path.toString());
    if (before != null && !before.verified() && !unchanged(before) && Files.exists(path)) {
      throw FileFailures.corrupt(
              table, file.location(), "It changed after it was first read; data files never do")
          .withHint("Restart the server if the change was a repair.");
    }
    return check(table, file, path);
  }

  /** A copy may have rotted while the original is sound, so a bad one is fetched once more. */
  private LocalFile checkCopy(Table table, ContentFile<?> file, Collection<PinnedCopy> pins)
      throws IOException {
    Path copy = pinned(table, file, pins);
    try {
      return check(table, file, copy);
    } catch (OrochiException badCopy) {
      cache.drop(file.location());
      known.invalidate(copy.toString());
      return check(table, file, pinned(table, file, pins));
    }
  }

  private Path pinned(Table table, ContentFile<?> file, Collection<PinnedCopy> pins)
      throws IOException {
    PinnedCopy pin =
        cache.pin(
            file.location(), file.fileSizeInBytes(), table.io().newInputFile(file.location()));
    pins.add(pin);
    return pin.copy().path();
  }

  private LocalFile check(Table table, ContentFile<?> file, Path path) throws IOException {
    LocalFile before = known.getIfPresent(path.toString());
    if (before != null && unchanged(before)) {
      return before;
    }
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.size() != file.fileSizeInBytes()) {
      throw FileFailures.corrupt(
          table,
          file.location(),
          "It has " + attributes.size() + " bytes and was written with " + file.fileSizeInBytes());
    }
    Optional<Digest> expected = digests.digestOf(table, file);
    if (expected.isPresent() && !Digest.of(path).equals(expected.get())) {
      throw FileFailures.corrupt(
          table, file.location(), "Its bytes do not have the digest recorded by its commit");
    }
    LocalFile checked =
        new LocalFile(
            path.toString(),
            attributes.size(),
            attributes.lastModifiedTime().toMillis(),
            expected.isPresent());
    known.put(checked.path(), checked);
    return checked;
  }

  private Optional<Path> inPlace(String location) {
    String text = withoutScheme(location);
    if (!text.startsWith("/") || text.chars().anyMatch(c -> PATTERN_CHARACTERS.indexOf(c) >= 0)) {
      return Optional.empty();
    }
    Path path = Path.of(text).normalize();
    return folders.stream().anyMatch(path::startsWith) ? Optional.of(path) : Optional.empty();
  }

  private static String withoutScheme(String location) {
    if (location.startsWith("file://")) {
      return location.substring("file://".length());
    }
    return location.startsWith("file:") ? location.substring("file:".length()) : location;
  }
}
