package io.orochi.table.commit;

import java.util.Objects;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * What a change was computed from, and so what must not have changed until it is published.
 *
 * @param snapshotId the snapshot that was read; null if the table had none or nothing was read
 * @param filter selects every row the change depends on; may select more
 */
public record ChangeBasis(Long snapshotId, Isolation isolation, Expression filter) {
  public ChangeBasis {
    Objects.requireNonNull(isolation);
    Objects.requireNonNull(filter);
  }

  /** Whether the change depends on anything in the table. */
  public boolean dependsOnTable() {
    return snapshotId != null || isolation == Isolation.UNIQUE_KEYS;
  }

  /** Of rows that come from elsewhere: they can be published on top of anything. */
  public static ChangeBasis nothing() {
    return new ChangeBasis(null, Isolation.SNAPSHOT, Expressions.alwaysTrue());
  }
}
