package io.orochi.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Answers one query with Spark, as a stranger would: it knows the metastore's JDBC URI and the
 * warehouse folder, and nothing of Orochi. Each row is one line of standard output, a JSON object
 * without its NULL fields; logs go to standard error.
 */
public final class SparkReader {
  private SparkReader() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("Usage: SparkReader METASTORE-URI WAREHOUSE QUERY");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (SparkSession spark = session(args[0], args[1])) {
      Dataset<Row> answer = spark.sql(args[2]);
      answer.toJSON().collectAsList().forEach(out::println);
    }
  }

  private static SparkSession session(String metastoreUri, String warehouse) {
    return SparkSession.builder()
        .master("local[1]")
        .appName("orochi-foreign-reader")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.catalog.orochi", "org.apache.iceberg.spark.SparkCatalog")
        .config("spark.sql.catalog.orochi.catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog")
        .config("spark.sql.catalog.orochi.uri", metastoreUri)
        .config("spark.sql.catalog.orochi.warehouse", warehouse)
        .config("spark.sql.catalog.orochi.jdbc.schema-version", "V1")
        .config("spark.sql.defaultCatalog", "orochi")
        .getOrCreate();
  }
}
