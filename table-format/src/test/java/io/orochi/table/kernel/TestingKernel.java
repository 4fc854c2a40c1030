package io.orochi.table.kernel;

import io.orochi.table.kernel.deletes.DeleteMemory;
import io.orochi.table.kernel.files.DigestLookup;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.ScanPlanner;
import io.orochi.table.kernel.scan.ScanRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.iceberg.Table;

/** A small kernel over one folder, and its answers as sorted text. */
public final class TestingKernel implements AutoCloseable {
  static final long MEMORY = 256L << 20;

  private final Kernel kernel;
  private final ScanPlanner planner = new ScanPlanner();

  private TestingKernel(Kernel kernel) {
    this.kernel = kernel;
  }

  public static TestingKernel over(Path folder) {
    return new TestingKernel(Kernel.open(config(folder)));
  }

  public static TestingKernel over(Path folder, DigestLookup digests) {
    return new TestingKernel(Kernel.open(config(folder), digests));
  }

  static TestingKernel over(Path folder, DeleteMemory deletes) {
    return new TestingKernel(
        Kernel.open(config(folder), (table, file) -> Optional.empty(), deletes));
  }

  /** Temp and cache lie beside the folder. */
  static KernelConfig config(Path folder) {
    return new KernelConfig(
        MEMORY,
        2,
        folder.resolveSibling(folder.getFileName() + "-tmp"),
        64L << 20,
        folder.resolveSibling(folder.getFileName() + "-cache"),
        List.of(folder));
  }

  public Kernel kernel() {
    return kernel;
  }

  public ScanPlanner planner() {
    return planner;
  }

  public List<String> rows(Table table) {
    return query(table, ScanRequest.everything(), "SELECT * FROM %s");
  }

  /** {@code %s} in the statement stands for the table. */
  public List<String> query(Table table, ScanRequest request, String sql) {
    table.refresh();
    try (KernelSession session = kernel.openSession()) {
      ScanPlan plan = planner.plan(table, request);
      return rows(session, String.format(sql, session.register(plan)));
    }
  }

  public static List<String> rows(KernelSession session, String sql, Object... parameters) {
    List<String> rows = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        KernelResult result = session.query(sql, List.of(parameters));
        ArrowReader reader = result.arrow(allocator, 2048)) {
      while (reader.loadNextBatch()) {
        var root = reader.getVectorSchemaRoot();
        for (int row = 0; row < root.getRowCount(); row++) {
          rows.add(CanonicalText.of(root.getFieldVectors(), row));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows.sort(null);
    return rows;
  }

  @Override
  public void close() {
    kernel.close();
  }
}
