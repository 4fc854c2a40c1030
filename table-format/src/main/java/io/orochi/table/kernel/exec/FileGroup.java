package io.orochi.table.kernel.exec;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;

/** Files that one {@code read_parquet} can read; {@code file_index} is the place in the list. */
record FileGroup(Kind kind, List<FileScanTask> tasks) {
  /**
   * What files of one group share.
   *
   * @param asTheyAre the columns of the scan have their names and types in the files
   * @param constants values by field id of partition columns that the files lack
   * @param namesById the files' own column names, if they are to be read by name; null if by id
   */
  record Kind(
      boolean positionDeletes,
      boolean equalityDeletes,
      boolean asTheyAre,
      Map<Integer, Object> constants,
      Map<Integer, String> namesById) {

    /** Files whose columns are found by name, because that is what finding them by id gives. */
    static Kind asTheyAre(FileScanTask task) {
      return of(task, true, Map.of(), null);
    }

    static Kind of(FileScanTask task, Map<Integer, Object> constants, Map<Integer, String> names) {
      return of(task, false, constants, names);
    }

    private static Kind of(
        FileScanTask task,
        boolean asTheyAre,
        Map<Integer, Object> constants,
        Map<Integer, String> names) {
      return new Kind(
          has(task, FileContent.POSITION_DELETES),
          has(task, FileContent.EQUALITY_DELETES),
          asTheyAre,
          constants,
          names);
    }

    private static boolean has(FileScanTask task, FileContent content) {
      return task.deletes().stream().anyMatch(delete -> delete.content() == content);
    }

    /**
     * Whether the kernel can know how many rows these files have. Keys of equality deletes may be
     * columns that the scan does not have, and are found by id.
     */
    boolean isCounted() {
      return asTheyAre && !equalityDeletes;
    }

    boolean hasDeletes() {
      return positionDeletes || equalityDeletes;
    }
  }
}
