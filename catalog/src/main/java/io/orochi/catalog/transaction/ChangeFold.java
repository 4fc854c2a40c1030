package io.orochi.catalog.transaction;

import io.orochi.table.commit.ChangeBasis;
import io.orochi.table.commit.ChangeKind;
import io.orochi.table.commit.ChangedFiles;
import io.orochi.table.commit.Isolation;
import io.orochi.table.commit.TableChange;
import io.orochi.table.digest.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.util.ContentFileUtil;

/**
 * Two changes of one table, the second computed on top of the first, as one change with the same
 * effect: however many statements a transaction has, it publishes one snapshot.
 */
final class ChangeFold {
  private ChangeFold() {}

  /**
   * @param basis the snapshot under the first change; null if the table had none
   */
  static TableChange fold(TableChange first, TableChange second, Long basis) {
    ChangedFiles then = second.files();
    Set<String> removedData = locations(then.removedData());
    Set<String> removedDeletes = locations(then.removedDeletes());
    Set<String> own = locations(first.files().addedData());
    own.addAll(locations(first.files().addedDeletes()));
    List<DataFile> addedData = without(first.files().addedData(), removedData);
    addedData.addAll(then.addedData());
    List<DeleteFile> addedDeletes = new ArrayList<>();
    for (DeleteFile file : without(first.files().addedDeletes(), removedDeletes)) {
      if (!removedData.contains(String.valueOf(ContentFileUtil.referencedDataFileLocation(file)))) {
        addedDeletes.add(file);
      }
    }
    addedDeletes.addAll(then.addedDeletes());
    List<DataFile> goneData = new ArrayList<>(first.files().removedData());
    goneData.addAll(without(then.removedData(), own));
    List<DeleteFile> goneDeletes = new ArrayList<>(first.files().removedDeletes());
    goneDeletes.addAll(without(then.removedDeletes(), own));
    Map<String, Digest> digests = new HashMap<>(first.files().digests());
    digests.putAll(then.digests());
    return new TableChange(
        kind(first.kind(), second.kind()),
        basis(first.basis(), second.basis(), basis),
        new ChangedFiles(addedData, addedDeletes, goneData, goneDeletes, digests));
  }

  /** The change as if it were computed from the snapshot under the transaction. */
  static TableChange on(TableChange change, Long basis) {
    return new TableChange(
        change.kind(), basis(ChangeBasis.nothing(), change.basis(), basis), change.files());
  }

  private static ChangeKind kind(ChangeKind first, ChangeKind second) {
    if (first == second || second == ChangeKind.APPEND) {
      return first;
    }
    return first == ChangeKind.APPEND && second == ChangeKind.DELETE
        ? ChangeKind.DELETE
        : ChangeKind.MERGE;
  }

  /** Rows that came from elsewhere depend on nothing, so their basis is not asked. */
  private static ChangeBasis basis(ChangeBasis first, ChangeBasis second, Long snapshotId) {
    Expression filter = Expressions.alwaysFalse();
    boolean depends = false;
    Isolation isolation = Isolation.SNAPSHOT;
    for (ChangeBasis basis : List.of(first, second)) {
      if (basis.dependsOnTable()) {
        filter = Expressions.or(filter, basis.filter());
        depends = true;
      }
      if (basis.isolation() == Isolation.UNIQUE_KEYS) {
        isolation = Isolation.UNIQUE_KEYS;
      }
    }
    boolean hasBasis = snapshotId != null || isolation == Isolation.UNIQUE_KEYS;
    return depends && hasBasis
        ? new ChangeBasis(snapshotId, isolation, filter)
        : ChangeBasis.nothing();
  }

  private static Set<String> locations(List<? extends ContentFile<?>> files) {
    Set<String> locations = new HashSet<>();
    files.forEach(file -> locations.add(key(file)));
    return locations;
  }

  private static <F extends ContentFile<?>> List<F> without(List<F> files, Set<String> locations) {
    List<F> rest = new ArrayList<>();
    for (F file : files) {
      if (!locations.contains(key(file))) {
        rest.add(file);
      }
    }
    return rest;
  }

  /** One Puffin file may hold the deletion vectors of several data files. */
  private static String key(ContentFile<?> file) {
    return file instanceof DeleteFile delete && ContentFileUtil.isDV(delete)
        ? delete.location() + '#' + delete.contentOffset()
        : file.location();
  }
}
