package io.orochi.table.commit;

import io.orochi.table.digest.Digest;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;

/**
 * The files a change adds to a table and takes from it.
 *
 * @param addedDeletes deletion vectors, position deletes or equality deletes. Of position deletes
 *     each file should concern one data file only: the commit then conflicts if that file is gone
 *     from the table, which it cannot see otherwise
 * @param removedData all their rows go; their deletion vectors go with them
 * @param removedDeletes delete files whose content is part of an added one
 * @param digests of added files by location; a file without one is read unverified
 */
public record ChangedFiles(
    List<DataFile> addedData,
    List<DeleteFile> addedDeletes,
    List<DataFile> removedData,
    List<DeleteFile> removedDeletes,
    Map<String, Digest> digests) {
  public ChangedFiles {
    addedData = List.copyOf(addedData);
    addedDeletes = List.copyOf(addedDeletes);
    removedData = List.copyOf(removedData);
    removedDeletes = List.copyOf(removedDeletes);
    digests = Map.copyOf(digests);
  }

  public static ChangedFiles none() {
    return added(List.of(), Map.of());
  }

  /** New rows only. */
  public static ChangedFiles added(List<DataFile> files, Map<String, Digest> digests) {
    return new ChangedFiles(files, List.of(), List.of(), List.of(), digests);
  }

  public boolean isEmpty() {
    return addedData.isEmpty()
        && addedDeletes.isEmpty()
        && removedData.isEmpty()
        && removedDeletes.isEmpty();
  }

  /** Whether rows are only added. */
  boolean appendsOnly() {
    return addedDeletes.isEmpty() && removedData.isEmpty() && removedDeletes.isEmpty();
  }
}
