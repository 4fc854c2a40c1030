package io.orochi.gateway.change;

import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.Isolation;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableChange;
import io.orochi.table.commit.TableCommitter;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/** Outside a transaction each statement is a commit of its own, under a writer of its own. */
public final class CommitAtOnce implements ChangeTarget {
  private static final long ONLY_SEQUENCE = 1;

  private final Clock clock;

  public CommitAtOnce(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Table table(Catalog catalog, TableIdentifier identifier) {
    return catalog.loadTable(identifier);
  }

  /** A statement sees one snapshot; rows that come meanwhile are not its business. */
  @Override
  public Isolation isolation() {
    return Isolation.SNAPSHOT;
  }

  @Override
  public CommitOutcome publish(Table table, TableChange change) {
    String writer = "statement-" + UUID.randomUUID();
    return new TableCommitter(table, clock)
        .publish(new SourcePosition(writer, ONLY_SEQUENCE, Map.of()), change);
  }
}
