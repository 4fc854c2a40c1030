package io.orochi.gateway.kernel.narrow;

import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.KernelQuery;
import io.orochi.gateway.plan.narrow.KeyValues;
import io.orochi.gateway.plan.narrow.Narrowing;
import io.orochi.gateway.plan.sql.SqlTemplate;
import io.orochi.table.kernel.KernelResult;
import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.scan.FirstFiles;
import io.orochi.table.kernel.scan.ScanPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.util.Text;
import org.apache.iceberg.FileScanTask;

/** Asks small queries and skips the files of which they say that they do not matter. One thread. */
public final class Narrower {
  private static final int BATCH_ROWS = 1_024;

  /** First so many files of a table, then each time so many times more. */
  private static final int FIRST_FILES = 2;

  private static final int TIMES_MORE = 4;

  /** When this part of the files has been looked into, the rest is read too. */
  private static final int LARGEST_PART = 4;

  private final KernelSession session;
  private final BufferAllocator allocator;

  public Narrower(KernelSession session, BufferAllocator allocator) {
    this.session = session;
    this.allocator = allocator;
  }

  /** The query's inputs with fewer files. Small inputs are asked first: they make others small. */
  public List<KernelInput> narrow(KernelQuery query) {
    List<KernelInput> inputs = new ArrayList<>(query.inputs());
    List<Narrowing.JoinKeys> joins = new ArrayList<>();
    for (Narrowing narrowing : query.narrowings()) {
      if (narrowing instanceof Narrowing.FirstRows first) {
        inputs.set(first.input(), narrowed(first, filesOf(inputs, first.input())));
      } else if (narrowing instanceof Narrowing.EachFirst each) {
        narrow(each, inputs);
      } else if (narrowing instanceof Narrowing.FirstGroups groups) {
        narrow(groups, inputs);
      } else if (narrowing instanceof Narrowing.Points points) {
        narrow(points, inputs);
      } else {
        joins.add((Narrowing.JoinKeys) narrowing);
      }
    }
    joins.sort(Comparator.comparingLong(keys -> filesOf(inputs, keys.from()).plan().bytesRead()));
    joins.forEach(keys -> narrow(keys, inputs));
    return inputs;
  }

  private static KernelInput.Files filesOf(List<KernelInput> inputs, int number) {
    return (KernelInput.Files) inputs.get(number);
  }

  private void narrow(Narrowing.JoinKeys keys, List<KernelInput> inputs) {
    KernelInput.Files wide = filesOf(inputs, keys.input());
    if (wide.plan().filesRead() <= 1) {
      return;
    }
    String from = session.register(filesOf(inputs, keys.from()).plan());
    List<Object> values = firstColumn(keys.keys(), keys.from(), from);
    ScanPlan narrowed = wide.plan();
    if (values.size() <= Narrowing.JoinKeys.MOST_KEYS) {
      narrowed = narrowed.narrow(keys.condition(values));
    }
    if (!values.isEmpty()) {
      List<Object> ends = ends(keys, values, from);
      narrowed = narrowed.narrow(keys.between(ends.get(0), ends.get(1)));
    }
    inputs.set(keys.input(), new KernelInput.Files(wide.name(), narrowed, wide.places()));
  }

  private List<Object> ends(Narrowing.JoinKeys keys, List<Object> values, String from) {
    if (values.size() > Narrowing.JoinKeys.MOST_KEYS || !KeyValues.areNumbers(keys.type())) {
      return ask(text(keys.extremes(), keys.from(), from)).get(0);
    }
    Comparator<Object> order = Comparator.comparingLong(value -> (Long) value);
    return List.of(Collections.min(values, order), Collections.max(values, order));
  }

  private void narrow(Narrowing.Points points, List<KernelInput> inputs) {
    KernelInput.Files input = filesOf(inputs, points.input());
    inputs.set(
        points.input(),
        new KernelInput.Files(
            input.name(), session.narrow(input.plan(), points.condition()), input.places()));
  }

  private void narrow(Narrowing.EachFirst each, List<KernelInput> inputs) {
    KernelInput.Files input = filesOf(inputs, each.input());
    List<ScanPlan> parts =
        each.orders().stream().map(order -> narrowed(order, input).plan()).toList();
    inputs.set(
        each.input(),
        new KernelInput.Files(input.name(), input.plan().inAny(parts), input.places()));
  }

  private KernelInput.Files narrowed(Narrowing.FirstRows first, KernelInput.Files input) {
    List<FileScanTask> files = new FirstFiles(input.plan(), first.column(), first.order()).files();
    for (int count = FIRST_FILES; count * LARGEST_PART <= files.size(); count *= TIMES_MORE) {
      String part = session.register(input.plan().only(files.subList(0, count)));
      List<Object> reached = firstColumn(first.reached(), first.input(), part);
      if (!reached.isEmpty() && reached.get(0) != null) {
        Object value = KeyValues.literal(reached.get(0), first.type());
        return new KernelInput.Files(
            input.name(), input.plan().narrow(first.condition(value)), input.places());
      }
    }
    return input;
  }

  private void narrow(Narrowing.FirstGroups groups, List<KernelInput> inputs) {
    KernelInput.Files input = filesOf(inputs, groups.input());
    for (long buckets = groups.groups();
        groups.part(buckets) * LARGEST_PART <= 1;
        buckets *= TIMES_MORE) {
      long reached = groups.reach(buckets);
      ScanPlan part = input.plan().narrow(groups.condition(reached));
      String rows = where(session.register(part), groups.sql(reached));
      Object found = firstColumn(groups.found(), groups.input(), rows).get(0);
      if (((Number) found).longValue() >= groups.groups()) {
        inputs.set(
            groups.input(),
            new KernelInput.Files(input.name(), part, input.places(), groups.sql(reached)));
        return;
      }
    }
  }

  /** The rows of a FROM item for which a condition is true, as another one. */
  public static String where(String rows, String condition) {
    return "(SELECT * FROM " + rows + " AS part WHERE " + condition + ")";
  }

  private List<Object> firstColumn(SqlTemplate sql, int input, String name) {
    return ask(text(sql, input, name)).stream().map(row -> row.get(0)).toList();
  }

  /** Only one input is named in it. */
  private static String text(SqlTemplate sql, int input, String name) {
    return sql.text(new ArrayList<>(Collections.nCopies(input + 1, name)));
  }

  private List<List<Object>> ask(String sql) {
    List<List<Object>> rows = new ArrayList<>();
    try (KernelResult result = session.query(sql, List.of());
        ArrowReader reader = result.arrow(allocator, BATCH_ROWS)) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot batch = reader.getVectorSchemaRoot();
        for (int row = 0; row < batch.getRowCount(); row++) {
          rows.add(row(batch, row));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return rows;
  }

  private static List<Object> row(VectorSchemaRoot batch, int row) {
    List<Object> values = new ArrayList<>();
    for (FieldVector vector : batch.getFieldVectors()) {
      Object value = vector.getObject(row);
      values.add(value instanceof Text text ? text.toString() : value);
    }
    return values;
  }
}
