package io.orochi.catalog.flink;

import io.orochi.catalog.flink.procedure.CallStatement;
import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.iceberg.CatalogConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** A batch session on an own data folder, as the server would open it. */
final class TestingSession {
  private final TableEnvironment environment;

  /** One cluster for a test class; without it each statement starts its own. */
  static MiniClusterExtension cluster() {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());
  }

  TestingSession(Path folder) {
    environment = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    environment.getConfig().set("parallelism.default", "2");
    environment.getConfig().set("table.local-time-zone", "UTC");
    CatalogConfig config = CatalogConfig.embedded(DataFolder.open(folder));
    environment.executeSql(
        "CREATE CATALOG orochi WITH ('type' = 'orochi', 'warehouse' = '"
            + config.warehouse()
            + "', 'metastore' = '"
            + config.metastoreUri()
            + "')");
    environment.useCatalog("orochi");
    environment.loadModule(OrochiModule.NAME, new OrochiModule());
  }

  TableEnvironment environment() {
    return environment;
  }

  OrochiCatalog catalog() {
    return (OrochiCatalog) environment.getCatalog("orochi").orElseThrow();
  }

  /** Runs a statement that writes, to its end. */
  void await(String statement) {
    try {
      environment.executeSql(statement).await();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The rows as text, in the order of the result. */
  List<String> run(String statement) {
    if (statement.startsWith("INSERT")) {
      await(statement);
      return List.of();
    }
    List<String> rows = new ArrayList<>();
    TableResult result = environment.executeSql(CallStatement.intervalsAsText(statement));
    try (CloseableIterator<Row> found = result.collect()) {
      found.forEachRemaining(row -> rows.add(row.toString()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }
}
