package io.orochi.table.delete;

import io.orochi.table.digest.DigestingFileIO;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;

/**
 * The rows a statement deletes, gathered one by one and then written as one deletion vector per
 * data file. A vector holds what was deleted from its file before, so that a file never has two; a
 * file that loses all its rows is removed without a vector. Files that lose nothing are not
 * touched. One thread.
 */
public final class RowDeletes {
  private final Table table;
  private final List<FileScanTask> tasks;
  private final Map<Integer, BitSet> rows = new TreeMap<>();
  private long count;

  /**
   * @param tasks the files that were read, each with its deletes
   */
  public RowDeletes(Table table, List<FileScanTask> tasks) {
    this.table = table;
    this.tasks = new ArrayList<>(tasks);
  }

  /** The places of more files in the list of files, at whose end come those it did not have. */
  public int[] placesOf(List<FileScanTask> more) {
    Map<String, Integer> known = new HashMap<>();
    for (int i = 0; i < tasks.size(); i++) {
      known.put(tasks.get(i).file().location(), i);
    }
    int[] places = new int[more.size()];
    for (int i = 0; i < places.length; i++) {
      Integer place = known.get(more.get(i).file().location());
      places[i] = place == null ? tasks.size() : place;
      if (place == null) {
        tasks.add(more.get(i));
      }
    }
    return places;
  }

  /** Whether this statement deletes the row. */
  public boolean contains(int file, long position) {
    BitSet positions = rows.get(file);
    return positions != null && positions.get(Math.toIntExact(position));
  }

  /**
   * What takes the rows away.
   *
   * @param removedDeletes files whose content is part of {@code added}
   */
  public record Files(
      List<DeleteFile> added, List<DataFile> removedData, List<DeleteFile> removedDeletes) {}

  /**
   * Notes one row.
   *
   * @param file its place in the list of files
   * @return false if this statement has deleted the row already
   */
  public boolean add(int file, long position) {
    BitSet positions = rows.computeIfAbsent(file, unused -> new BitSet());
    int row = Math.toIntExact(position);
    if (positions.get(row)) {
      return false;
    }
    positions.set(row);
    count++;
    return true;
  }

  /**
   * Every row of a file, without looking at it. Its count is right if the file has no equality
   * deletes.
   */
  public void addWholeFile(int file) {
    FileScanTask task = tasks.get(file);
    BitSet all = rows.computeIfAbsent(file, unused -> new BitSet());
    long before = all.cardinality();
    all.set(0, Math.toIntExact(task.file().recordCount()));
    count += task.file().recordCount() - deletedBefore(task) - before;
  }

  /** How many rows are noted that were not deleted before. */
  public long count() {
    return count;
  }

  /** How many files lose rows. */
  public int files() {
    return rows.size();
  }

  /**
   * Writes the deletes; after a failure nothing of what was written is needed any more.
   *
   * @param io its digests are those of the written files
   */
  public Files write(DigestingFileIO io) {
    List<DataFile> removed = new ArrayList<>();
    List<DeleteFile> leftOver = new ArrayList<>();
    DeleteFileWriter writer = DeleteFileWriter.of(table, io);
    rows.forEach(
        (file, positions) -> {
          FileScanTask task = tasks.get(file);
          if (losesAll(task, positions)) {
            removed.add(task.file());
            leftOver.addAll(DeletedRows.ownOf(task));
          } else {
            writer.delete(task, positions);
          }
        });
    DeleteFileWriter.Written written = writer.finish();
    leftOver.addAll(written.replaced());
    return new Files(written.files(), removed, leftOver);
  }

  private boolean losesAll(FileScanTask task, BitSet positions) {
    long present = task.file().recordCount();
    if (positions.cardinality() == present) {
      return true;
    }
    boolean hasEqualityDeletes =
        task.deletes().stream()
            .anyMatch(delete -> delete.content() == FileContent.EQUALITY_DELETES);
    return !hasEqualityDeletes
        && !task.deletes().isEmpty()
        && positions.cardinality() + deletedBefore(task) == present;
  }

  private long deletedBefore(FileScanTask task) {
    boolean byPosition =
        task.deletes().stream()
            .anyMatch(delete -> delete.content() == FileContent.POSITION_DELETES);
    return byPosition ? DeletedRows.of(table, task).cardinality() : 0;
  }
}
