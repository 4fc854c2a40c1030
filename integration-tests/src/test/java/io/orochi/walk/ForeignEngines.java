package io.orochi.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.cluster.JavaFork;
import io.orochi.cluster.OrochiCluster;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs of other people, each in a JVM of its own. */
final class ForeignEngines {
  private static final Path SPARK = Path.of("spark/target").toAbsolutePath();

  private ForeignEngines() {}

  /** Spark on the same metastore; each row is a JSON object without its NULL fields. */
  static List<String> spark(Path folder, OrochiCluster cluster, String query) throws Exception {
    CatalogConfig catalog = cluster.catalogConfig();
    return spark(
        folder,
        Map.of(),
        "io.orochi.spark.SparkReader",
        catalog.metastoreUri(),
        catalog.warehouse(),
        query);
  }

  /** Spark on the Iceberg REST door; the answers of a script whose statements stand apart. */
  static List<String> sparkOverRest(Path folder, OrochiCluster cluster, String token, String script)
      throws Exception {
    Path file = Files.writeString(folder.resolve("script.sql"), script);
    return spark(
        folder,
        Map.of("CATALOG_TOKEN", token),
        "io.orochi.spark.SparkOverRest",
        cluster.addresses().catalogUrl(),
        file.toString());
  }

  private static List<String> spark(
      Path folder, Map<String, String> environment, String main, String... args) throws Exception {
    String libraries = Files.readString(SPARK.resolve("spark.classpath")).strip();
    JavaFork spark =
        JavaFork.run(
            folder,
            SPARK.resolve("test-classes") + File.pathSeparator + libraries,
            environment,
            main,
            args);
    assertThat(spark.exitCode()).as(spark.err()).isZero();
    return spark.out().lines().toList();
  }

  /** Flink's stock SQL client in gateway mode; what it has printed. */
  static String flinkSqlClient(Path folder, OrochiCluster cluster, String statements)
      throws IOException, InterruptedException {
    JavaFork client = runSqlClient(folder, cluster, statements);
    assertThat(client.exitCode()).as(client.out() + client.err()).isZero();
    return client.out();
  }

  /** The same where a statement fails, which ends the script. */
  static String flinkSqlClientFailing(Path folder, OrochiCluster cluster, String statements)
      throws IOException, InterruptedException {
    return runSqlClient(folder, cluster, statements).out();
  }

  private static JavaFork runSqlClient(Path folder, OrochiCluster cluster, String statements)
      throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("client.sql"), statements);
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(conf.resolve("config.yaml"), "sql-client.execution.result-mode: tableau\n");
    URI rest = URI.create(cluster.addresses().restUrl());
    return JavaFork.run(
        folder,
        JavaFork.ownClassPath(),
        Map.of("FLINK_CONF_DIR", conf.toString()),
        "org.apache.flink.table.client.SqlClient",
        "gateway",
        "-e",
        rest.getHost() + ":" + rest.getPort(),
        "-f",
        script.toString());
  }
}
