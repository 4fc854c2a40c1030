package io.orochi.ddl;

import io.orochi.cluster.Sql;
import io.orochi.ddl.EvolvingSchema.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Adds, drops, renames and widens columns, one after another. */
final class SchemaChanger {
  private static final int FEWEST = 3;
  private static final int MOST = 8;

  private final Connection session;
  private final SchemaLog log;
  private final Random random;
  private final List<String> free = new ArrayList<>();
  private int identities;
  private int names;

  /**
   * @param identities how many the first schema has used up
   */
  SchemaChanger(Connection session, SchemaLog log, int identities, long seed) {
    this.session = session;
    this.log = log;
    this.identities = identities;
    this.random = new Random(seed);
  }

  /**
   * @param settled waits until no writer means an older column by a name that is used again
   */
  void change(Runnable settled) throws SQLException {
    EvolvingSchema now = log.current();
    Field field = now.fields().get(random.nextInt(now.fields().size()));
    int dice = random.nextInt(4);
    if (dice == 0 && field.canWiden()) {
      Field wider = field.widened();
      run("MODIFY " + field.name() + " " + wider.type(), now.with(field, wider));
    } else if (dice == 1) {
      Field other = field.named(name(settled));
      run("RENAME " + field.name() + " TO " + other.name(), now.with(field, other));
      free.add(field.name());
    } else if (now.fields().size() > FEWEST && (dice == 2 || now.fields().size() == MOST)) {
      run("DROP " + field.name(), now.without(field));
      free.add(field.name());
    } else {
      Field added = Field.of(name(settled), identities++, random);
      run("ADD (" + added.name() + " " + added.type() + ")", now.with(added));
    }
  }

  /** Most often one that another column had. */
  private String name(Runnable settled) {
    if (free.isEmpty() || random.nextInt(4) == 0) {
      return "c" + names++;
    }
    settled.run();
    return free.remove(random.nextInt(free.size()));
  }

  private void run(String change, EvolvingSchema next) throws SQLException {
    log.begin(next);
    try {
      Sql.run(session, "ALTER TABLE t " + change);
      log.done();
    } catch (SQLException failed) {
      log.refused();
      throw new SQLException("ALTER TABLE t " + change, failed);
    }
  }
}
