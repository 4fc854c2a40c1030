package io.orochi.table.kernel.changelog;

/** What happened to a row, by its name in {@link ChangelogColumns#CHANGE_TYPE}. */
enum ChangeType {
  INSERT,
  DELETE
}
