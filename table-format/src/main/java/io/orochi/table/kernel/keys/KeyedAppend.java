package io.orochi.table.kernel.keys;

import io.orochi.table.commit.ChangeBasis;
import io.orochi.table.commit.ChangeKind;
import io.orochi.table.commit.ChangedFiles;
import io.orochi.table.commit.TableChange;
import io.orochi.table.delete.RowDeletes;
import io.orochi.table.digest.Digest;
import io.orochi.table.digest.DigestingFileIO;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/**
 * New files as a change that leaves one row of each key.
 *
 * @param leftOut rows of the files that do not stay
 * @param useless those of the files of which no row stays; not part of the change
 */
public record KeyedAppend(TableChange change, long leftOut, List<DataFile> useless) {

  /**
   * Computes it on the table's current snapshot and writes the deletes. Nothing is deleted if it
   * fails, so that it can be computed again.
   *
   * @param digests of the files
   */
  public static KeyedAppend of(
      Table table,
      UniqueKeys keys,
      List<DataFile> files,
      Map<String, Digest> digests,
      KeyKernel kernel) {
    DigestingFileIO io = new DigestingFileIO(table.io());
    RowDeletes deletes = new RowDeletes(table, List.of());
    UniqueKeys.Kept kept = keys.keep(new NewRows(ChangeKind.APPEND, files), deletes, kernel);
    RowDeletes.Files gone = deletes.write(io);
    Set<String> goneLocations = new HashSet<>();
    gone.removedData().forEach(file -> goneLocations.add(file.location()));
    Set<String> own = new HashSet<>();
    files.forEach(file -> own.add(file.location()));
    List<DataFile> added = new ArrayList<>();
    List<DataFile> useless = new ArrayList<>();
    files.forEach(file -> (goneLocations.contains(file.location()) ? useless : added).add(file));
    List<DataFile> removed =
        gone.removedData().stream().filter(file -> !own.contains(file.location())).toList();
    Map<String, Digest> all = new HashMap<>(digests);
    all.putAll(io.drainDigests());
    ChangedFiles changed =
        new ChangedFiles(added, gone.added(), removed, gone.removedDeletes(), all);
    boolean replaces = !gone.added().isEmpty() || !removed.isEmpty();
    TableChange change =
        new TableChange(
            replaces ? ChangeKind.MERGE : ChangeKind.APPEND,
            kept.basis(ChangeBasis.nothing()),
            changed);
    return new KeyedAppend(change, kept.leftOut(), useless);
  }
}
