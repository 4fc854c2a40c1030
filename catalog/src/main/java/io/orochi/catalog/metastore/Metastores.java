package io.orochi.catalog.metastore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Duration;
import java.util.Properties;
import org.sqlite.SQLiteConfig;

/** Opens metastores. */
public final class Metastores {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_CONNECTIONS = 8;

  private Metastores() {}

  /**
   * Opens the metastore of a catalog, creating its tables if needed.
   *
   * @param catalogName the name under which the catalog's tables are recorded
   * @throws OrochiException INVALID_OPTION_VALUE for another kind of database,
   *     METASTORE_UNAVAILABLE if it does not answer
   */
  public static Metastore open(String catalogName, MetastoreAddress address) {
    SqlDialect dialect = SqlDialect.of(address.jdbcUri());
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address.jdbcUri());
    config.setPoolName("metastore");
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(0);
    config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
    config.setConnectionTimeout(connectTimeout(dialect).toMillis());
    config.setInitializationFailTimeout(-1);
    if (address.user() != null) {
      config.setUsername(address.user());
    }
    if (address.password() != null) {
      config.setPassword(address.password());
    }
    config.setDataSourceProperties(driverProperties(dialect));
    JdbcMetastore metastore =
        new JdbcMetastore(catalogName, dialect, address.shownUri(), new HikariDataSource(config));
    try {
      metastore.createSchema();
    } catch (RuntimeException e) {
      metastore.close();
      throw e;
    }
    return metastore;
  }

  /** A file answers, however long a busy machine takes to open it; a database may be away. */
  private static Duration connectTimeout(SqlDialect dialect) {
    return dialect == SqlDialect.SQLITE ? LOCK_TIMEOUT : CONNECT_TIMEOUT;
  }

  static OrochiException unavailable(String shownUri, Exception cause) {
    return OrochiException.of(
            OrochiErrorCode.METASTORE_UNAVAILABLE, "Cannot use the metastore: " + shownUri)
        .withDetail(rootMessage(cause))
        .withHint("Check that the database runs, is reachable, and accepts the user.")
        .causedBy(cause);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 16; depth++) {
      root = root.getCause();
    }
    return MetastoreAddress.hideSecrets(String.valueOf(root.getMessage()));
  }

  /**
   * SQLite: readers do not block the writer (WAL), every commit is on disk when it returns (FULL),
   * and a transaction takes the write lock at its start, so it can wait for it. PostgreSQL: a dead
   * peer is noticed.
   */
  private static Properties driverProperties(SqlDialect dialect) {
    if (dialect == SqlDialect.SQLITE) {
      SQLiteConfig sqlite = new SQLiteConfig();
      sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
      sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
      sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
      sqlite.setBusyTimeout(Math.toIntExact(LOCK_TIMEOUT.toMillis()));
      return sqlite.toProperties();
    }
    Properties postgres = new Properties();
    postgres.setProperty("ApplicationName", "orochi");
    postgres.setProperty("tcpKeepAlive", "true");
    postgres.setProperty("socketTimeout", Long.toString(LOCK_TIMEOUT.toSeconds()));
    return postgres;
  }
}
