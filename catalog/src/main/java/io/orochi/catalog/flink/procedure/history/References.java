package io.orochi.catalog.flink.procedure.history;

import io.orochi.catalog.flink.procedure.Arguments;
import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.IntervalText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** Tags and branches of one table. */
final class References {
  private static final int DAYS_OF_A_MONTH = 30;

  private final Table table;

  References(Table table) {
    this.table = table;
  }

  /** What a name stands for. */
  enum Kind {
    TAG,
    BRANCH;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param snapshotId null for the current one
   * @param retain an interval; null for ever
   * @return the snapshot
   * @throws OrochiException REFERENCE_ALREADY_EXISTS, SNAPSHOT_NOT_FOUND, INVALID_ARGUMENT
   */
  long create(Kind kind, String name, Long snapshotId, String retain) {
    Arguments.require("name", name);
    SnapshotRef taken = table.refs().get(name);
    if (taken != null) {
      throw OrochiException.of(
              OrochiErrorCode.REFERENCE_ALREADY_EXISTS,
              "Cannot create " + kind.text() + " " + name + ": the name is taken")
          .withDetail("It is a " + kindOf(taken).text() + " at " + taken.snapshotId() + ".")
          .withHint("Choose another name, or drop it with sys.drop_" + kindOf(taken).text() + ".");
    }
    long id = History.snapshot(table, snapshotId).snapshotId();
    ManageSnapshots update = table.manageSnapshots();
    ManageSnapshots created =
        kind == Kind.TAG ? update.createTag(name, id) : update.createBranch(name, id);
    if (retain != null) {
      IntervalText age = IntervalText.parse(retain);
      created.setMaxRefAgeMs(
          name,
          Duration.ofDays(DAYS_OF_A_MONTH * age.months()).plusSeconds(age.seconds()).toMillis());
    }
    created.commit();
    return id;
  }

  /**
   * @return the snapshot it stood for
   * @throws OrochiException REFERENCE_NOT_FOUND, INVALID_ARGUMENT for main
   */
  long drop(Kind kind, String name) {
    if (SnapshotRef.MAIN_BRANCH.equals(name)) {
      throw OrochiException.of(OrochiErrorCode.INVALID_ARGUMENT, "Cannot drop branch main")
          .withDetail("It is the table itself.")
          .withHint("DROP TABLE drops the table.");
    }
    SnapshotRef ref = require(kind, name);
    ManageSnapshots update = table.manageSnapshots();
    (kind == Kind.TAG ? update.removeTag(name) : update.removeBranch(name)).commit();
    return ref.snapshotId();
  }

  /**
   * @return where the branch is now
   * @throws OrochiException REFERENCE_NOT_FOUND; INVALID_ARGUMENT if the branch would lose
   *     snapshots
   */
  long fastForward(String branch, String to) {
    SnapshotRef from = require(Kind.BRANCH, branch);
    SnapshotRef target = table.refs().get(to);
    if (target == null) {
      throw notFound(Kind.BRANCH, to, List.copyOf(table.refs().keySet()));
    }
    if (target.snapshotId() == from.snapshotId()) {
      return from.snapshotId();
    }
    if (!SnapshotUtil.isAncestorOf(table, target.snapshotId(), from.snapshotId())) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT,
              "Cannot fast-forward " + branch + " to " + to + ": they have parted")
          .withDetail(
              "Snapshot "
                  + from.snapshotId()
                  + " of "
                  + branch
                  + " is not in the history of "
                  + to
                  + ".")
          .withHint("INSERT INTO the branch what it lacks, or use sys.rollback_to.");
    }
    table.manageSnapshots().fastForwardBranch(branch, to).commit();
    return target.snapshotId();
  }

  /**
   * @throws OrochiException REFERENCE_NOT_FOUND
   */
  SnapshotRef require(Kind kind, String name) {
    SnapshotRef ref = table.refs().get(Arguments.require(kind.text(), name));
    if (ref == null || kindOf(ref) != kind) {
      List<String> names =
          table.refs().entrySet().stream()
              .filter(entry -> kindOf(entry.getValue()) == kind)
              .map(Map.Entry::getKey)
              .toList();
      throw notFound(kind, name, names);
    }
    return ref;
  }

  private OrochiException notFound(Kind kind, String name, List<String> names) {
    return OrochiException.of(
            OrochiErrorCode.REFERENCE_NOT_FOUND,
            "Cannot find " + kind.text() + " " + name + " of table " + table.name())
        .withDetail(
            names.isEmpty()
                ? "The table has no " + kind.text() + "."
                : "There are " + String.join(", ", names.stream().sorted().toList()) + ".")
        .withHint(NearestName.hint(name, names));
  }

  private static Kind kindOf(SnapshotRef ref) {
    return ref.isTag() ? Kind.TAG : Kind.BRANCH;
  }
}
