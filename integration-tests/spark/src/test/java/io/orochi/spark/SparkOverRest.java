package io.orochi.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a script with Spark, as a stranger would: it knows the address of an Iceberg REST catalog,
 * and nothing of Orochi; the environment variable CATALOG_TOKEN holds its bearer token. Statements
 * are separated by empty lines. Each row of an answer is one line of standard output, a JSON object
 * without its NULL fields; logs go to standard error.
 */
public final class SparkOverRest {
  private SparkOverRest() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("Usage: SparkOverRest CATALOG-URI SCRIPT");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String script = Files.readString(Path.of(args[1]));
    try (SparkSession spark = session(args[0])) {
      Stream.of(script.split("\\n\\s*\\n"))
          .map(String::strip)
          .filter(statement -> !statement.isEmpty())
          .forEach(
              statement -> {
                Dataset<Row> answer = spark.sql(statement);
                answer.toJSON().collectAsList().forEach(out::println);
              });
    }
  }

  private static SparkSession session(String uri) {
    return SparkSession.builder()
        .master("local[1]")
        .appName("orochi-foreign-writer")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "1")
        .config(
            "spark.sql.extensions",
            "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
        .config("spark.sql.catalog.orochi", "org.apache.iceberg.spark.SparkCatalog")
        .config("spark.sql.catalog.orochi.type", "rest")
        .config("spark.sql.catalog.orochi.uri", uri)
        .config("spark.sql.catalog.orochi.token", System.getenv("CATALOG_TOKEN"))
        .config("spark.sql.defaultCatalog", "orochi")
        .getOrCreate();
  }
}
