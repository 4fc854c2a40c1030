package io.orochi.table.commit;

import io.orochi.table.digest.Digest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;

/**
 * The files and the source position of one commit. All of them become visible together or not at
 * all.
 *
 * @param dataFiles may be empty: the commit then publishes a position only
 * @param deleteFiles position deletes, deletion vectors or equality deletes. Of position deletes
 *     each file should concern one data file only: the commit then conflicts if that file is gone
 *     from the table, which it cannot see otherwise
 * @param digests by file location; a file without one is read unverified
 */
public record CommitRequest(
    SourcePosition position,
    List<DataFile> dataFiles,
    List<DeleteFile> deleteFiles,
    Map<String, Digest> digests) {
  public CommitRequest {
    Objects.requireNonNull(position);
    dataFiles = List.copyOf(dataFiles);
    deleteFiles = List.copyOf(deleteFiles);
    digests = Map.copyOf(digests);
  }

  TableChange change() {
    return TableChange.append(
        new ChangedFiles(dataFiles, deleteFiles, List.of(), List.of(), digests));
  }
}
