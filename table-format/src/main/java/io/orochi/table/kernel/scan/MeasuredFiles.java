package io.orochi.table.kernel.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.data.IdentityPartitionConverters;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Measures of those files of a scan whose metadata tells them exactly: all their rows count, none
 * is deleted, and the statistics are values of the column.
 *
 * @param values one for each measure, in Iceberg's generic types; null for the least of no values
 * @param rest the files that must be read for the rest of the answer
 */
public record MeasuredFiles(List<Object> values, long files, List<FileScanTask> rest) {
  /**
   * @param condition true for exactly the rows that count
   */
  public static MeasuredFiles of(ScanPlan plan, Expression condition, List<Measure> measures) {
    FileCondition test;
    try {
      test = new FileCondition(plan.schema(), condition);
    } catch (ValidationException | IllegalArgumentException notOfThisTable) {
      return new MeasuredFiles(List.of(), 0, plan.tasks());
    }
    Sum sum = new Sum(plan, measures);
    List<FileScanTask> rest = new ArrayList<>();
    for (FileScanTask task : plan.tasks()) {
      boolean whole = task.deletes().isEmpty() && test.holds(task.spec(), task.file());
      if (!whole || !sum.add(task.file())) {
        rest.add(task);
      }
    }
    return new MeasuredFiles(sum.values(), plan.tasks().size() - (long) rest.size(), rest);
  }

  /** The measures of all files so far. */
  private static final class Sum {
    private final List<Measure> measures;
    private final List<NestedField> columns = new ArrayList<>();
    private final Object[] values;

    Sum(ScanPlan plan, List<Measure> measures) {
      this.measures = measures;
      this.values = new Object[measures.size()];
      for (int i = 0; i < values.length; i++) {
        Measure measure = measures.get(i);
        columns.add(measure.column() == null ? null : plan.schema().findField(measure.column()));
        boolean counts =
            measure.kind() == Measure.Kind.ROWS || measure.kind() == Measure.Kind.PRESENT;
        values[i] = counts ? 0L : null;
      }
    }

    /** False, and nothing is added, if the file does not tell one of them. */
    boolean add(DataFile file) {
      Object[] more = new Object[values.length];
      for (int i = 0; i < values.length; i++) {
        Optional<Object> value = combined(i, file);
        if (value.isEmpty()) {
          return false;
        }
        more[i] = value.get();
      }
      for (int i = 0; i < values.length; i++) {
        values[i] = more[i] == NOTHING ? values[i] : more[i];
      }
      return true;
    }

    private static final Object NOTHING = new Object();

    private Optional<Object> combined(int place, DataFile file) {
      NestedField column = columns.get(place);
      return switch (measures.get(place).kind()) {
        case ROWS -> Optional.of((Long) values[place] + file.recordCount());
        case PRESENT ->
            FileBounds.nulls(file, column)
                .map(nulls -> (Long) values[place] + file.recordCount() - nulls);
        case LEAST -> extreme(place, file, FileBounds.least(file, column), column);
        case GREATEST -> extreme(place, file, FileBounds.greatest(file, column), column);
      };
    }

    private Optional<Object> extreme(
        int place, DataFile file, Optional<Object> bound, NestedField column) {
      if (!FileBounds.areExact(column.type())) {
        return Optional.empty();
      }
      if (bound.isEmpty()) {
        boolean allNull =
            FileBounds.nulls(file, column).filter(n -> n == file.recordCount()).isPresent();
        return allNull ? Optional.of(NOTHING) : Optional.empty();
      }
      if (values[place] == null) {
        return bound;
      }
      Comparator<Object> order = Comparators.forType(column.type().asPrimitiveType());
      boolean least = measures.get(place).kind() == Measure.Kind.LEAST;
      boolean better = order.compare(bound.get(), values[place]) < 0 == least;
      return Optional.of(better ? bound.get() : values[place]);
    }

    List<Object> values() {
      List<Object> generic = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        NestedField column = columns.get(i);
        boolean counts = values[i] instanceof Long && isCount(i);
        generic.add(
            counts || values[i] == null
                ? values[i]
                : IdentityPartitionConverters.convertConstant(column.type(), values[i]));
      }
      return generic;
    }

    private boolean isCount(int place) {
      Measure.Kind kind = measures.get(place).kind();
      return kind == Measure.Kind.ROWS || kind == Measure.Kind.PRESENT;
    }
  }
}
