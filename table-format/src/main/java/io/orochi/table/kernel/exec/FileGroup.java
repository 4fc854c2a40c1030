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
   * @param constants values by field id of partition columns that the files lack
   * @param columns the files' own columns by field id; null if columns are found by id
   */
  record Kind(
      boolean positionDeletes,
      boolean equalityDeletes,
      Way way,
      Map<Integer, Object> constants,
      Map<Integer, FileShape.Found> columns) {

    /** How the columns of the scan are found in the files. */
    enum Way {
      /** By name, because that gives what finding them by id gives. */
      FOUND,
      /** By id. */
      BY_ID,
      /** By name and cast, in files without ids. */
      MAPPED
    }

    static Kind found(
        FileScanTask task, Map<Integer, Object> constants, Map<Integer, FileShape.Found> columns) {
      return of(task, Way.FOUND, constants, columns);
    }

    static Kind byId(FileScanTask task, Map<Integer, Object> constants) {
      return of(task, Way.BY_ID, constants, null);
    }

    static Kind mapped(
        FileScanTask task, Map<Integer, Object> constants, Map<Integer, FileShape.Found> columns) {
      return of(task, Way.MAPPED, constants, columns);
    }

    private static Kind of(
        FileScanTask task,
        Way way,
        Map<Integer, Object> constants,
        Map<Integer, FileShape.Found> columns) {
      return new Kind(
          has(task, FileContent.POSITION_DELETES),
          has(task, FileContent.EQUALITY_DELETES),
          way,
          constants,
          columns);
    }

    private static boolean has(FileScanTask task, FileContent content) {
      return task.deletes().stream().anyMatch(delete -> delete.content() == content);
    }

    /**
     * Whether the kernel can know how many rows these files have. Keys of equality deletes may be
     * columns that the scan does not have, and are found by id.
     */
    boolean isCounted() {
      return way == Way.FOUND && !equalityDeletes;
    }

    boolean hasDeletes() {
      return positionDeletes || equalityDeletes;
    }
  }
}
