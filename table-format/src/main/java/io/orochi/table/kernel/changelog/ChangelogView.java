package io.orochi.table.kernel.changelog;

import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.changelog.ChangelogPlan.Origin;
import io.orochi.table.kernel.sql.SqlText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** A planned changelog as an item of a FROM clause. */
public final class ChangelogView {
  private static final String FILE = SqlText.identifier(KernelSession.FILE_COLUMN);
  private static final String POSITION = SqlText.identifier(KernelSession.POSITION_COLUMN);
  private static final Schema COMMITS =
      new Schema(
          NestedField.required(1, "file", Types.IntegerType.get()),
          NestedField.required(2, "snapshot_id", Types.LongType.get()),
          NestedField.required(3, "commit_at", Types.TimestampType.withZone()));

  private final KernelSession session;
  private final ChangelogPlan plan;

  private ChangelogView(KernelSession session, ChangelogPlan plan) {
    this.session = session;
    this.plan = plan;
  }

  /**
   * @return valid in this session until it is closed
   * @throws io.orochi.table.error.OrochiException as {@link KernelSession#register} does
   */
  public static String register(KernelSession session, ChangelogPlan plan) {
    if (plan.parts().isEmpty()) {
      return session.register(ChangelogColumns.of(plan.columns()), List.of());
    }
    ChangelogView view = new ChangelogView(session, plan);
    return plan.parts().stream()
        .flatMap(part -> view.selects(part).stream())
        .collect(Collectors.joining(" UNION ALL ", "(", ")"));
  }

  private List<String> selects(ChangelogPlan.Part part) {
    List<String> selects = new ArrayList<>();
    if (!part.insertedBy().isEmpty()) {
      selects.add(
          select(
              ChangeType.INSERT,
              session.registerWithPositions(part.inserted()),
              part.insertedBy()));
    }
    if (!part.deletedBy().isEmpty()) {
      String before =
          select(ChangeType.DELETE, session.registerWithPositions(part.before()), part.deletedBy());
      selects.add(
          part.after().tasks().isEmpty()
              ? before
              : before
                  + " ANTI JOIN "
                  + session.registerWithPositions(part.after())
                  + " AS a ON a.%s = r.%s AND a.%s = r.%s"
                      .formatted(FILE, FILE, POSITION, POSITION));
    }
    return selects;
  }

  private String select(ChangeType type, String rows, List<Origin> commits) {
    List<String> list = new ArrayList<>();
    list.add("'" + type.name() + "' AS " + ChangelogColumns.CHANGE_TYPE);
    list.add("m.snapshot_id AS " + ChangelogColumns.SNAPSHOT_ID);
    list.add("m.commit_at AS " + ChangelogColumns.COMMIT_AT);
    plan.columns()
        .columns()
        .forEach(
            column -> {
              String name = SqlText.identifier(column.name());
              list.add("r." + name + " AS " + name);
            });
    return "SELECT "
        + String.join(", ", list)
        + " FROM "
        + rows
        + " AS r JOIN "
        + session.register(COMMITS, rows(commits))
        + " AS m ON m.file = r."
        + FILE;
  }

  private static List<Object[]> rows(List<Origin> commits) {
    List<Object[]> rows = new ArrayList<>(commits.size());
    for (Origin commit : commits) {
      Instant at = Instant.EPOCH.plus(commit.commitMicros(), ChronoUnit.MICROS);
      rows.add(new Object[] {rows.size(), commit.snapshotId(), at.atOffset(ZoneOffset.UTC)});
    }
    return rows;
  }
}
