package io.orochi.table.commit;

import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.util.ContentFileUtil;

/**
 * What Iceberg has to check, against every commit since the basis, each time a change is built on a
 * newer snapshot. Beside what is asked for here, it always refuses two deletion vectors for one
 * data file.
 */
final class ChangeValidation {
  private ChangeValidation() {}

  static void apply(TableChange change, RowDelta delta) {
    ChangeBasis basis = change.basis();
    Set<CharSequence> referenced = referencedData(change.files());
    if (!referenced.isEmpty()) {
      delta.validateDataFilesExist(referenced);
    }
    if (!referenced.isEmpty() || takesFiles(change.files())) {
      delta.validateDeletedFiles();
    }
    if (!basis.dependsOnTable()) {
      return;
    }
    delta.conflictDetectionFilter(basis.filter());
    if (basis.snapshotId() != null) {
      delta.validateFromSnapshot(basis.snapshotId());
    }
    if (change.kind().replacesRows() || basis.isolation() == Isolation.SERIALIZABLE) {
      delta.validateNoConflictingDeleteFiles();
    }
    if (basis.isolation().mindsNewRows()) {
      delta.validateNoConflictingDataFiles();
    }
  }

  private static boolean takesFiles(ChangedFiles files) {
    return !files.removedData().isEmpty() || !files.removedDeletes().isEmpty();
  }

  private static Set<CharSequence> referencedData(ChangedFiles files) {
    Set<CharSequence> referenced = new HashSet<>();
    for (DeleteFile file : files.addedDeletes()) {
      String dataFile = ContentFileUtil.referencedDataFileLocation(file);
      if (dataFile != null) {
        referenced.add(dataFile);
      }
    }
    files.addedData().forEach(file -> referenced.remove(file.location()));
    return referenced;
  }
}
