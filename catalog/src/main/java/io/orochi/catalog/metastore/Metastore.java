package io.orochi.catalog.metastore;

import java.util.List;
import java.util.Optional;

/**
 * A small store of text values under {@link MetastoreKey}s, shared by every process that opens the
 * same catalog. Reads see every compare-and-set that was applied before they began. Safe to share
 * between threads.
 *
 * <p>Any method throws {@link io.orochi.table.error.OrochiException} METASTORE_UNAVAILABLE if the
 * store cannot be reached; then nothing was changed.
 */
public interface Metastore extends AutoCloseable {
  Optional<String> get(MetastoreKey key);

  /**
   * What a table's or view's key held before its value now; empty if the value has been the only
   * one, or if a writer that does not say so has stored it.
   */
  Optional<String> previous(MetastoreKey key);

  /** The entries whose group is {@code group}, ordered by name. */
  List<MetastoreEntry> list(MetastoreKey.Space space, String group);

  /** The entries whose group starts with {@code groupPrefix}, ordered by group and name. */
  List<MetastoreEntry> scan(MetastoreKey.Space space, String groupPrefix);

  /**
   * Applies all changes or none, at one point in time for every reader.
   *
   * @param changes at most one for each key
   */
  SwapOutcome compareAndSet(List<MetastoreChange> changes);

  @Override
  void close();
}
