package io.orochi.catalog.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orochi.catalog.note.FileNotes;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files a transaction or statement may have written, each noted before it is. The journal of
 * them survives the process, so that the next one can delete what a killed server left: a line is a
 * letter and a name, {@code F} a file, {@code C} the UUID and the name of a table that files noted
 * before or later may have become part of. Safe to share between threads.
 */
final class StagedFiles implements FileNotes {
  /** Of the journal of one attempt at a commit, whose first line is a table. */
  static final String ATTEMPT = "commit-";

  static final String SUFFIX = ".files";
  static final char FILE = 'F';
  static final char COMMIT = 'C';

  private static final Logger LOG = LoggerFactory.getLogger(StagedFiles.class);

  private final Set<String> locations = new LinkedHashSet<>();
  private final Path journal;
  private FileChannel channel;

  /** The file appears with the first line. */
  StagedFiles(Path folder, String transactionId) {
    this.journal = folder.resolve(transactionId + SUFFIX);
  }

  @Override
  public synchronized String noted(String location) {
    if (locations.add(location)) {
      write(FILE, location);
    }
    return location;
  }

  @Override
  public synchronized void belongTo(TableIdentifier table, String uuid) {
    write(COMMIT, uuid + " " + table);
  }

  /** Before the tables' pointers move: from here on a file may be referenced. Is on disk then. */
  synchronized void committing(Iterable<StagedTable> tables) {
    tables.forEach(table -> belongTo(table.identifier(), table.base().uuid()));
    try {
      channel.force(true);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  /** Deletes what was written, but for {@code referenced}, and forgets it. */
  synchronized void deleteAllBut(Set<String> referenced, FileIO io) {
    locations.stream()
        .filter(location -> !referenced.contains(location))
        .forEach(location -> delete(io, location));
    forget();
  }

  /** The files stay, and so does the journal for the next start of the server to decide. */
  @Override
  public synchronized void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException failed) {
      LOG.warn("Cannot close {}", journal, failed);
    }
  }

  static void delete(FileIO io, String location) {
    Fault.at("files.before-delete");
    try {
      io.deleteFile(location);
    } catch (NotFoundException neverWritten) {
      LOG.debug("{} was not written", location);
    } catch (RuntimeException stillThere) {
      LOG.warn("Cannot delete {}; orphan removal will", location, stillThere);
    }
  }

  @Override
  public synchronized void settled() {
    forget();
  }

  private void forget() {
    close();
    locations.clear();
    try {
      Files.deleteIfExists(journal);
    } catch (IOException failed) {
      LOG.warn("Cannot delete {}", journal, failed);
    }
  }

  private void write(char kind, String name) {
    try {
      if (channel == null) {
        Files.createDirectories(journal.getParent());
        channel =
            FileChannel.open(journal, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      }
      ByteBuffer line = ByteBuffer.wrap((kind + " " + name + "\n").getBytes(UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private OrochiException unwritable(IOException failed) {
    return OrochiException.of(
            OrochiErrorCode.STORAGE_UNAVAILABLE, "Cannot note the files of a transaction")
        .withDetail(journal + ": " + failed.getMessage())
        .withHint("Check the disk of the data folder.")
        .causedBy(failed);
  }
}
