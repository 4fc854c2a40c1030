package io.orochi.gateway.config;

import io.orochi.gateway.config.ServerOption.Type;
import java.util.List;
import java.util.Optional;

/** Every key of the server's configuration file. */
public final class ServerOptions {
  static final ServerOption DATA =
      new ServerOption(
          "data",
          Type.PATH,
          "a folder; created if absent",
          "./orochi-data",
          "The data folder: metastore, local warehouse, temporary files, logs, server.json.");
  static final ServerOption HOST =
      new ServerOption(
          "host",
          Type.TEXT,
          "a host name or address of this machine; 0.0.0.0 for all",
          "127.0.0.1",
          "The address every door listens on.");
  static final ServerOption REST_PORT =
      new ServerOption(
          "rest.port",
          Type.PORT,
          "0 to 65535, or auto",
          "8083",
          "The port of the Flink SQL gateway's REST endpoint: Flink SQL client, Flink JDBC.");
  static final ServerOption FLIGHT_PORT =
      new ServerOption(
          "flight.port",
          Type.PORT,
          "0 to 65535, or auto",
          "8815",
          "The port of Arrow Flight SQL: JDBC, ADBC, notebooks, orochi sql.");
  static final ServerOption FLINK_PORT =
      new ServerOption(
          "flink.port",
          Type.PORT,
          "0 to 65535, or auto",
          "8081",
          "The port of the session cluster's REST endpoint, which takes jobs.");
  static final ServerOption CATALOG_PORT =
      new ServerOption(
          "catalog.port",
          Type.PORT,
          "0 to 65535, or auto",
          "8181",
          "The port of the Iceberg REST catalog: Spark, Trino, PyIceberg, remote Flink.");
  static final ServerOption CATALOG_TOKEN =
      new ServerOption(
          "catalog.token",
          Type.SECRET,
          "a text without spaces, 16 characters or more",
          "[none: everybody who reaches the port]",
          "What a client of the Iceberg REST catalog has to send as its bearer token.");
  static final ServerOption KERNEL_MEMORY =
      new ServerOption(
          "kernel.memory",
          Type.MEMORY,
          "64 mb or more",
          "[a quarter of the machine's memory]",
          "Memory of the read kernel, outside the Java heap.");
  static final ServerOption KERNEL_THREADS =
      new ServerOption(
          "kernel.threads",
          Type.INTEGER,
          "1 to 1024",
          "[the machine's cores]",
          "Threads of the read kernel.");
  static final ServerOption KERNEL_TEMP_LIMIT =
      new ServerOption(
          "kernel.temp-limit",
          Type.MEMORY,
          "0 or more; 0 forbids spilling",
          "16 gb",
          "Disk space the read kernel may spill to in the data folder.");
  static final ServerOption KERNEL_RESULT_CACHE =
      new ServerOption(
          "kernel.result-cache",
          Type.MEMORY,
          "0 or more; 0 keeps no answers",
          "64 mb",
          "Java heap for answers that are given again while their tables have not changed.");
  static final ServerOption FLINK_SLOTS =
      new ServerOption(
          "flink.slots",
          Type.INTEGER,
          "1 to 1024",
          "[twice the machine's cores, at least 4]",
          "Task slots of the session cluster: the sum of the parallelism of all running jobs.");
  static final ServerOption FLINK_PARALLELISM =
      new ServerOption(
          "flink.parallelism",
          Type.INTEGER,
          "1 to 1024",
          "[the machine's cores]",
          "Parallelism of a job that does not ask for one.");
  static final ServerOption FLINK_MEMORY =
      new ServerOption(
          "flink.memory",
          Type.MEMORY,
          "64 mb or more",
          "256 mb",
          "Managed memory of the session cluster, outside the Java heap: sorts, joins, state.");
  static final ServerOption FLINK_NETWORK_MEMORY =
      new ServerOption(
          "flink.network-memory",
          Type.MEMORY,
          "16 mb or more",
          "128 mb",
          "Memory for data between tasks of the session cluster, outside the Java heap.");
  static final ServerOption METASTORE =
      new ServerOption(
          "metastore",
          Type.TEXT,
          "jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE",
          "[metastore.db in the data folder]",
          "Where tables and definitions are recorded.");
  static final ServerOption METASTORE_USER =
      new ServerOption(
          "metastore.user", Type.TEXT, "a user name", "[none]", "User of the metastore database.");
  static final ServerOption METASTORE_PASSWORD =
      new ServerOption(
          "metastore.password",
          Type.SECRET,
          "a password",
          "[none]",
          "Password of the metastore database; never shown or logged.");
  static final ServerOption WAREHOUSE =
      new ServerOption(
          "warehouse",
          Type.TEXT,
          "a folder, or s3://BUCKET/PREFIX",
          "[warehouse in the data folder]",
          "Where new tables keep their files.");
  static final ServerOption S3_ENDPOINT =
      new ServerOption(
          "s3.endpoint",
          Type.TEXT,
          "http://HOST:PORT or https://HOST",
          "[the endpoint of AWS]",
          "Where S3 is, for a store that is not AWS.");
  static final ServerOption S3_REGION =
      new ServerOption(
          "s3.region",
          Type.TEXT,
          "a region's name",
          "[us-east-1 with s3.endpoint, else by the AWS default chain]",
          "The region of the bucket.");
  static final ServerOption S3_PATH_STYLE =
      new ServerOption(
          "s3.path-style",
          Type.BOOLEAN,
          "true or false",
          "[true with s3.endpoint, else false]",
          "Whether the bucket stands in the path of a URL and not in its host name.");
  static final ServerOption S3_ACCESS_KEY =
      new ServerOption(
          "s3.access-key",
          Type.SECRET,
          "an access key id",
          "[by the AWS default chain: environment, profile, role]",
          "The id of the key that opens the bucket; never shown or logged.");
  static final ServerOption S3_SECRET_KEY =
      new ServerOption(
          "s3.secret-key",
          Type.SECRET,
          "a secret access key",
          "[by the AWS default chain: environment, profile, role]",
          "The secret of that key; never shown or logged.");
  static final ServerOption RESULT_ROW_LIMIT =
      new ServerOption(
          "result.row-limit",
          Type.INTEGER,
          "0 or more; 0 is no limit",
          "0",
          "Rows of one result; a query that has more fails. A session may SET"
              + " 'orochi.result-row-limit'.");
  static final ServerOption RESULT_BYTE_LIMIT =
      new ServerOption(
          "result.byte-limit",
          Type.MEMORY,
          "0 or more; 0 is no limit",
          "0",
          "Size of one result; a query that has more fails. A session may SET"
              + " 'orochi.result-byte-limit'.");
  static final ServerOption STATEMENT_TIMEOUT =
      new ServerOption(
          "statement.timeout",
          Type.DURATION,
          "0 s or more; 0 s is no limit",
          "0 s",
          "Time after which a statement is stopped. A session may SET"
              + " 'orochi.statement-timeout'.");
  static final ServerOption STATEMENTS_MAX_RUNNING =
      new ServerOption(
          "statements.max-running",
          Type.INTEGER,
          "1 to 10000",
          "64",
          "Statements that run at once; more wait.");
  static final ServerOption STATEMENTS_MAX_WAITING =
      new ServerOption(
          "statements.max-waiting",
          Type.INTEGER,
          "0 to 100000",
          "256",
          "Statements that wait to run; more are refused.");
  static final ServerOption SESSIONS_MAX =
      new ServerOption(
          "sessions.max", Type.INTEGER, "1 to 100000", "1000", "Open sessions; more are refused.");
  static final ServerOption SESSIONS_IDLE_TIMEOUT =
      new ServerOption(
          "sessions.idle-timeout",
          Type.DURATION,
          "1 s or more",
          "1 h",
          "Time after which a session nobody used is closed.");

  /** Keys below this prefix go to the Iceberg catalog as they are: {@code catalog.s3.sse.type}. */
  static final String CATALOG_PREFIX = "catalog.";

  /** Keys below this prefix go to the session cluster as they are. */
  static final String FLINK_PREFIX = "flink.option.";

  private static final List<ServerOption> ALL =
      List.of(
          DATA,
          HOST,
          REST_PORT,
          FLIGHT_PORT,
          FLINK_PORT,
          CATALOG_PORT,
          CATALOG_TOKEN,
          KERNEL_MEMORY,
          KERNEL_THREADS,
          KERNEL_TEMP_LIMIT,
          KERNEL_RESULT_CACHE,
          FLINK_SLOTS,
          FLINK_PARALLELISM,
          FLINK_MEMORY,
          FLINK_NETWORK_MEMORY,
          METASTORE,
          METASTORE_USER,
          METASTORE_PASSWORD,
          WAREHOUSE,
          S3_ENDPOINT,
          S3_REGION,
          S3_PATH_STYLE,
          S3_ACCESS_KEY,
          S3_SECRET_KEY,
          RESULT_ROW_LIMIT,
          RESULT_BYTE_LIMIT,
          STATEMENT_TIMEOUT,
          STATEMENTS_MAX_RUNNING,
          STATEMENTS_MAX_WAITING,
          SESSIONS_MAX,
          SESSIONS_IDLE_TIMEOUT);

  private ServerOptions() {}

  /** All keys, in the order of the sample file. */
  public static List<ServerOption> all() {
    return ALL;
  }

  /** The two families of keys whose names are not ours, for the sample file. */
  public static List<String> openPrefixes() {
    return List.of(CATALOG_PREFIX, FLINK_PREFIX);
  }

  static Optional<ServerOption> find(String key) {
    return ALL.stream().filter(option -> option.key().equals(key)).findFirst();
  }
}
