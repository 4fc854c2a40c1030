package io.orochi.catalog.metastore;

import com.zaxxer.hikari.HikariDataSource;
import io.orochi.catalog.metastore.MetastoreKey.Space;
import io.orochi.table.error.OrochiException;
import io.orochi.table.fault.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A metastore in a relational database. A compare-and-set is one transaction of statements that
 * each carry their expectation in the WHERE clause; the first that touches no row rolls all back.
 */
final class JdbcMetastore implements Metastore {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcMetastore.class);
  private static final Comparator<MetastoreEntry> BY_KEY =
      Comparator.comparing(MetastoreEntry::key);

  private static final String PREVIOUS = "previous_metadata_location";

  private final String catalogName;
  private final SqlDialect dialect;
  private final String shownUri;
  private final HikariDataSource connections;

  /**
   * @param shownUri names the database in errors; holds no secret
   */
  JdbcMetastore(
      String catalogName, SqlDialect dialect, String shownUri, HikariDataSource connections) {
    this.catalogName = catalogName;
    this.dialect = dialect;
    this.shownUri = shownUri;
    this.connections = connections;
  }

  /** Creates what is missing; several processes may do so at once. */
  void createSchema() {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : SqlStatements.SCHEMA) {
        createTable(statement, table);
      }
      try (ResultSet any = statement.executeQuery("SELECT * FROM iceberg_tables WHERE 1 = 0")) {
        if (any.getMetaData().getColumnCount() > 5) {
          return;
        }
      }
      statement.execute(SqlStatements.ADD_TYPE);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public Optional<String> get(MetastoreKey key) {
    List<MetastoreEntry> found =
        query(key.space(), SqlStatements.of(key.space()).get(), key.group(), key.name());
    return found.stream().findFirst().map(MetastoreEntry::value);
  }

  @Override
  public Optional<String> previous(MetastoreKey key) {
    if (!SqlStatements.keepsPrevious(key.space())) {
      return Optional.empty();
    }
    String before =
        SqlStatements.of(key.space()).get().replace(", metadata_location", ", " + PREVIOUS);
    return query(key.space(), before, key.group(), key.name()).stream()
        .findFirst()
        .map(MetastoreEntry::value);
  }

  @Override
  public List<MetastoreEntry> list(Space space, String group) {
    return query(space, SqlStatements.of(space).list(), group);
  }

  @Override
  public List<MetastoreEntry> scan(Space space, String groupPrefix) {
    String pattern =
        groupPrefix.replace("!", "!!").replace("%", "!%").replace("_", "!_").concat("%");
    List<MetastoreEntry> found = query(space, SqlStatements.of(space).scan(), pattern);
    // SQLite's LIKE ignores letter case.
    found.removeIf(entry -> !entry.key().group().startsWith(groupPrefix));
    return found;
  }

  @Override
  public SwapOutcome compareAndSet(List<MetastoreChange> changes) {
    List<MetastoreChange> ordered = new ArrayList<>(changes);
    ordered.sort(Comparator.comparing(MetastoreChange::key));
    Fault.at("metastore.before-swap");
    try (Connection connection = connections.getConnection()) {
      connection.setAutoCommit(false);
      for (MetastoreChange change : ordered) {
        if (!applies(connection, change)) {
          connection.rollback();
          return new SwapOutcome.Mismatched(change.key());
        }
      }
      return commit(connection);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void close() {
    connections.close();
  }

  @Override
  public String toString() {
    return "Metastore[" + shownUri + "]";
  }

  private SwapOutcome commit(Connection connection) throws SQLException {
    Fault.at("metastore.swap");
    try {
      connection.commit();
    } catch (SQLException e) {
      if (dialect.commitCertainlyFailed(e)) {
        throw e;
      }
      LOG.warn("The answer to a commit was lost: {}", shownUri, e);
      return new SwapOutcome.Unknown(e);
    }
    try {
      Fault.at("metastore.after-swap");
    } catch (RuntimeException e) {
      return new SwapOutcome.Unknown(e);
    }
    return new SwapOutcome.Applied();
  }

  private boolean applies(Connection connection, MetastoreChange change) throws SQLException {
    MetastoreKey key = change.key();
    SqlStatements sql = SqlStatements.of(key.space());
    if (change instanceof MetastoreChange.Create create) {
      try {
        return update(
            connection, sql.create(), create.value(), catalogName, key.group(), key.name());
      } catch (SQLException e) {
        if (dialect.isDuplicateKey(e)) {
          return false;
        }
        throw e;
      }
    }
    if (change instanceof MetastoreChange.Delete delete) {
      return update(
          connection, sql.delete(), catalogName, key.group(), key.name(), delete.expected());
    }
    MetastoreChange.Replace replace = (MetastoreChange.Replace) change;
    List<String> parameters = new ArrayList<>();
    parameters.add(replace.value());
    if (SqlStatements.keepsPrevious(key.space())) {
      parameters.add(replace.expected());
    }
    parameters.addAll(List.of(catalogName, key.group(), key.name(), replace.expected()));
    return update(connection, sql.replace(), parameters.toArray(String[]::new));
  }

  private static boolean update(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate() == 1;
    }
  }

  /** Rows of (group, name, value), sorted here because databases collate differently. */
  private List<MetastoreEntry> query(Space space, String sql, String... parameters) {
    List<MetastoreEntry> found = new ArrayList<>();
    try (Connection connection = connections.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      String[] all = new String[parameters.length + 1];
      all[0] = catalogName;
      System.arraycopy(parameters, 0, all, 1, parameters.length);
      bind(statement, all);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          MetastoreKey key = new MetastoreKey(space, rows.getString(1), rows.getString(2));
          found.add(new MetastoreEntry(key, rows.getString(3)));
        }
      }
    } catch (SQLException e) {
      throw unavailable(e);
    }
    found.sort(BY_KEY);
    return found;
  }

  private static void bind(PreparedStatement statement, String... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setString(i + 1, parameters[i]);
    }
  }

  /** PostgreSQL may refuse one of two sessions that create the same table at the same moment. */
  private void createTable(Statement statement, String sql) throws SQLException {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      if (!dialect.isDuplicateKey(e)) {
        throw e;
      }
      statement.execute(sql);
    }
  }

  private OrochiException unavailable(SQLException cause) {
    return Metastores.unavailable(shownUri, cause);
  }
}
