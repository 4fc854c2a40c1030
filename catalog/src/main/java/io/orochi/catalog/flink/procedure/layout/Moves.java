package io.orochi.catalog.flink.procedure.layout;

import io.orochi.catalog.flink.rewrite.LayoutRewrite;
import io.orochi.catalog.flink.rewrite.RewriteStep;
import java.time.Clock;
import java.util.List;
import org.apache.flink.types.Row;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** The answer of procedures that move rows: a row for each step, done or only planned. */
final class Moves {
  static final String COLUMNS =
      "ROW<relation STRING, layout STRING, chunk_name STRING, num_files BIGINT, num_rows BIGINT,"
          + " total_bytes BIGINT, moved BOOLEAN>";

  private Moves() {}

  /** Rewrites what does not lie as the table's spec says. */
  static Row[] run(String relation, Table table, Clock clock) {
    List<RewriteStep> done = new LayoutRewrite(table, clock).run();
    return done.isEmpty()
        ? new Row[] {Row.of(relation, layout(table), null, 0L, 0L, 0L, true)}
        : done.stream().map(step -> row(relation, layout(table), step)).toArray(Row[]::new);
  }

  /** What a change to {@code layout} would move: every file. */
  static Row[] plan(String relation, Table table, String layout) {
    long files = 0;
    long rows = 0;
    long bytes = 0;
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        files++;
        rows += task.file().recordCount();
        bytes += task.file().fileSizeInBytes();
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return new Row[] {Row.of(relation, layout, null, files, rows, bytes, false)};
  }

  private static Row row(String relation, String layout, RewriteStep step) {
    return Row.of(
        relation,
        layout,
        step.chunk(),
        (long) step.tasks().size(),
        step.rows(),
        step.bytes(),
        true);
  }

  /** The partition fields, as Iceberg names them. */
  static String layout(Table table) {
    return table.spec().fields().stream()
        .map(
            field ->
                field.transform() + "(" + table.schema().findColumnName(field.sourceId()) + ")")
        .reduce((one, other) -> one + ", " + other)
        .orElse("unpartitioned");
  }
}
