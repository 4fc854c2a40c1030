package io.orochi.catalog.metastore;

import java.sql.SQLException;

/** Where the backends differ. */
enum SqlDialect {
  SQLITE {
    @Override
    boolean isDuplicateKey(SQLException e) {
      return e.getErrorCode() == SQLITE_CONSTRAINT;
    }

    /** SQLite reports on its own disk: what it did not acknowledge it has rolled back. */
    @Override
    boolean commitCertainlyFailed(SQLException e) {
      return e.getErrorCode() == SQLITE_BUSY || e.getErrorCode() == SQLITE_FULL;
    }
  },

  POSTGRESQL {
    @Override
    boolean isDuplicateKey(SQLException e) {
      return "23505".equals(e.getSQLState());
    }

    /** Class 23 is a violated constraint, class 40 a roll-back by the server. */
    @Override
    boolean commitCertainlyFailed(SQLException e) {
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      return state.startsWith("23") || (state.startsWith("40") && !"40003".equals(state));
    }
  };

  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_FULL = 13;
  private static final int SQLITE_CONSTRAINT = 19;

  abstract boolean isDuplicateKey(SQLException e);

  /** Whether a failed {@code commit()} has surely left nothing behind. */
  abstract boolean commitCertainlyFailed(SQLException e);

  static SqlDialect of(String jdbcUri) {
    return jdbcUri.startsWith("jdbc:sqlite:") ? SQLITE : POSTGRESQL;
  }
}
