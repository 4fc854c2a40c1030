package io.orochi.gateway.plan;

import io.orochi.gateway.plan.function.FlinkFunctions;
import io.orochi.table.kernel.Kernel;
import io.orochi.table.kernel.KernelConfig;
import io.orochi.table.kernel.KernelResult;
import io.orochi.table.kernel.KernelSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** A kernel that holds texts in a column {@code s}. */
final class TestingTexts implements AutoCloseable {
  private final Kernel kernel;
  private final BufferAllocator allocator = new RootAllocator();
  private final Schema schema =
      new Schema(
          NestedField.required(1, "k", Types.IntegerType.get()),
          NestedField.optional(2, "s", Types.StringType.get()));
  private final List<Object[]> rows = new ArrayList<>();

  TestingTexts(Path folder, List<String> texts) {
    KernelConfig config =
        new KernelConfig(
            256L << 20,
            1,
            folder.resolve("temp"),
            64L << 20,
            folder.resolve("cache"),
            List.of(folder));
    kernel = Kernel.open(config, FlinkFunctions.all());
    for (int i = 0; i < texts.size(); i++) {
      rows.add(new Object[] {i, texts.get(i)});
    }
  }

  /** What an expression over {@code s} is, in the order of the texts. */
  List<Object> column(String sql) {
    try (KernelSession session = kernel.openSession()) {
      String query = "SELECT k, " + sql + " FROM " + session.register(schema, rows) + " ORDER BY k";
      try (KernelResult result = session.query(query, List.of());
          ArrowReader reader = result.arrow(allocator, 16_384)) {
        List<Object> values = new ArrayList<>();
        ArrowRows.read(reader).forEach(row -> values.add(row.get(1)));
        return values;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    kernel.close();
    allocator.close();
  }
}
