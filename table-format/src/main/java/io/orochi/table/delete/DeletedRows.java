package io.orochi.table.delete;

import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.util.ContentFileUtil;

/** What is deleted by position from a data file already. */
final class DeletedRows {
  private DeletedRows() {}

  static PositionDeleteIndex of(Table table, FileScanTask task) {
    List<DeleteFile> deletes =
        task.deletes().stream()
            .filter(delete -> delete.content() == FileContent.POSITION_DELETES)
            .toList();
    return deletes.isEmpty()
        ? PositionDeleteIndex.empty()
        : new BaseDeleteLoader(delete -> table.io().newInputFile(delete))
            .loadPositionDeletes(deletes, task.file().location());
  }

  /** The delete files that concern this data file alone: they go when it goes or is rewritten. */
  static List<DeleteFile> ownOf(FileScanTask task) {
    return task.deletes().stream()
        .filter(delete -> delete.content() == FileContent.POSITION_DELETES)
        .filter(ContentFileUtil::isFileScoped)
        .toList();
  }
}
