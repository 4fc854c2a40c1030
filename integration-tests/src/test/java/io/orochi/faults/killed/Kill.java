package io.orochi.faults.killed;

import static io.orochi.faults.killed.Victim.ALTER;
import static io.orochi.faults.killed.Victim.CREATE_AS;
import static io.orochi.faults.killed.Victim.DELETE;
import static io.orochi.faults.killed.Victim.DISTRIBUTE;
import static io.orochi.faults.killed.Victim.MERGE;
import static io.orochi.faults.killed.Victim.ROLLBACK;
import static io.orochi.faults.killed.Victim.TRANSACTION;
import static io.orochi.faults.killed.Victim.UPDATE;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** One death of the server: all its victims are at one of the points when it comes. */
enum Kill {
  BEFORE_READING(
      Left.NOTHING,
      EnumSet.of(DELETE, UPDATE, MERGE, CREATE_AS, TRANSACTION, DISTRIBUTE),
      "change.before-read",
      "layout.before-step"),
  WITH_DATA_FILES(
      Left.NOTHING,
      EnumSet.of(DELETE, UPDATE, MERGE, CREATE_AS, TRANSACTION),
      "change.before-publish"),
  BEFORE_MANIFESTS(
      Left.NOTHING,
      EnumSet.of(DELETE, UPDATE, MERGE, CREATE_AS, DISTRIBUTE),
      "commit.before-write"),
  WITH_MANIFESTS(Left.NOTHING, EnumSet.of(DELETE, UPDATE, MERGE, DISTRIBUTE), "commit.after-write"),
  BEFORE_THE_SWAP(
      Left.NOTHING,
      EnumSet.of(DELETE, UPDATE, MERGE, CREATE_AS, TRANSACTION, ALTER, DISTRIBUTE),
      "commit.before-swap",
      "transaction.before-swap",
      "metastore.before-swap"),
  WITH_METADATA_FILES(
      Left.NOTHING,
      EnumSet.of(DELETE, UPDATE, MERGE, CREATE_AS, TRANSACTION, ALTER, DISTRIBUTE),
      "metastore.before-swap"),
  INSIDE_THE_SWAP(
      Left.ALL_OR_NOTHING,
      EnumSet.of(DELETE, UPDATE, MERGE, CREATE_AS, TRANSACTION, ALTER, DISTRIBUTE),
      "metastore.swap"),
  AFTER_THE_SWAP(Left.ALL, EnumSet.of(ALTER), "metastore.after-swap"),
  AFTER_THE_SWAP_OF_SEVERAL(Left.ALL, EnumSet.of(TRANSACTION), "metastore.after-swap"),
  BEFORE_THE_ANSWER(
      Left.ALL,
      EnumSet.of(DELETE, UPDATE, MERGE, CREATE_AS, TRANSACTION, DISTRIBUTE),
      "commit.after-swap",
      "transaction.after-swap"),
  WHILE_DELETING_AFTER_A_COMMIT(Left.ALL, EnumSet.of(TRANSACTION), "files.before-delete"),
  WHILE_ROLLING_BACK(Left.NOTHING, EnumSet.of(ROLLBACK), "files.before-delete");

  /** Every point of this class. */
  static final List<String> POINTS =
      Stream.of(values()).flatMap(kill -> kill.points.stream()).distinct().toList();

  /** What the victims must have left. */
  enum Left {
    NOTHING,
    ALL,
    ALL_OR_NOTHING
  }

  private final Left left;
  private final Set<Victim> victims;
  private final List<String> points;

  Kill(Left left, Set<Victim> victims, String... points) {
    this.left = left;
    this.victims = victims;
    this.points = List.of(points);
  }

  Left left() {
    return left;
  }

  Set<Victim> victims() {
    return victims;
  }

  List<String> points() {
    return points;
  }

  /** How many threads are waited for: the embedded metastore lets one in at a time. */
  int threads() {
    return left == Left.ALL_OR_NOTHING ? 1 : victims.size();
  }

  /** One for all that leave nothing, so that it can be used again. */
  String database() {
    return left == Left.NOTHING ? "nothing" : name().toLowerCase(Locale.ROOT);
  }
}
