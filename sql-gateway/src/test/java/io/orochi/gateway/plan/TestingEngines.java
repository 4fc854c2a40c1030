package io.orochi.gateway.plan;

import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.catalog.flink.OrochiModule;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.gateway.kernel.KernelCursor;
import io.orochi.gateway.kernel.KernelExecutor;
import io.orochi.gateway.plan.function.FlinkFunctions;
import io.orochi.table.kernel.Kernel;
import io.orochi.table.kernel.KernelConfig;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** Flink in batch mode and a kernel, asked the same questions. */
final class TestingEngines implements AutoCloseable {
  private final TableEnvironmentInternal env;
  private final OrochiCatalog catalog;
  private final Kernel kernel;
  private final BufferAllocator allocator = new RootAllocator();
  private final KernelExecutor executor;
  private final QueryPlanner planner = new QueryPlanner();

  TestingEngines(Path folder, ZoneId zone) {
    env =
        (TableEnvironmentInternal)
            TableEnvironment.create(EnvironmentSettings.newInstance().inBatchMode().build());
    env.getConfig().setLocalTimeZone(zone);
    CatalogConfig config =
        new CatalogConfig(
            "orochi",
            folder.resolve("warehouse").toString(),
            "jdbc:sqlite:" + folder.resolve("metastore.db"),
            Map.of());
    catalog = new OrochiCatalog("orochi", config);
    env.registerCatalog("orochi", catalog);
    env.useCatalog("orochi");
    env.loadModule("orochi", new OrochiModule());
    env.getConfig().set("parallelism.default", "1");
    env.getConfig().set("table.exec.resource.default-parallelism", "1");
    kernel =
        Kernel.open(
            new KernelConfig(
                256L << 20,
                1,
                folder.resolve("temp"),
                64L << 20,
                folder.resolve("cache"),
                List.of(folder)),
            FlinkFunctions.all());
    executor = new KernelExecutor(kernel, allocator);
  }

  TableEnvironmentInternal env() {
    return env;
  }

  Table table(String name) {
    return catalog.icebergCatalog().loadTable(TableIdentifier.of("default", name));
  }

  PlannedQuery plan(String sql, EngineChoice engine) {
    PlannerQueryOperation query = (PlannerQueryOperation) env.getParser().parse(sql).get(0);
    return planner.plan(query, env, settings(engine, Long.MAX_VALUE));
  }

  PlannedQuery planWithin(String sql, long poolBytes) {
    PlannerQueryOperation query = (PlannerQueryOperation) env.getParser().parse(sql).get(0);
    return planner.plan(query, env, settings(EngineChoice.AUTO, poolBytes));
  }

  QuerySettings settings(EngineChoice engine, long poolBytes) {
    return new QuerySettings(engine, env.getConfig().getLocalTimeZone(), poolBytes, Map.of());
  }

  /** The kernel's SQL with inputs called {@code input0}, {@code input1}, …. */
  String kernelSql(String sql) {
    KernelQuery query = ((PlannedQuery.OnKernel) plan(sql, EngineChoice.KERNEL)).query();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < query.inputs().size(); i++) {
      names.add("input" + i);
    }
    return query.sql().text(names);
  }

  List<List<Object>> onKernel(String sql) {
    PlannedQuery planned = plan(sql, EngineChoice.KERNEL);
    try (KernelCursor cursor = executor.execute(((PlannedQuery.OnKernel) planned).query())) {
      return ArrowRows.read(cursor.reader());
    }
  }

  /** The Arrow types of the kernel's answer, in order. */
  List<String> kernelTypes(String sql) {
    PlannedQuery planned = plan(sql, EngineChoice.KERNEL);
    try (KernelCursor cursor = executor.execute(((PlannedQuery.OnKernel) planned).query())) {
      return cursor.reader().getVectorSchemaRoot().getSchema().getFields().stream()
          .map(field -> field.getType().toString())
          .toList();
    } catch (java.io.IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  List<List<Object>> onFlink(String sql) {
    List<List<Object>> rows = new ArrayList<>();
    try (CloseableIterator<Row> answer = env.executeSql(sql).collect()) {
      answer.forEachRemaining(row -> rows.add(values(row)));
    } catch (Exception failure) {
      throw new IllegalStateException("Flink: " + sql, failure);
    }
    return rows;
  }

  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.getArity(); i++) {
      Object value = row.getField(i);
      values.add(plain(value));
    }
    return values;
  }

  private static Object plain(Object value) {
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    return value instanceof Object[] array
        ? Arrays.stream(array).map(TestingEngines::plain).collect(Collectors.toList())
        : value;
  }

  @Override
  public void close() {
    kernel.close();
    allocator.close();
  }
}
