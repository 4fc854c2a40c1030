package io.orochi.catalog.trash;

import java.time.Instant;

/**
 * A table that was dropped and can still come back.
 *
 * @param id unique; a name can be dropped many times
 * @param namespace its levels joined by dots
 * @param keepUntil when its files may be deleted
 */
public record DroppedTable(
    String id,
    String namespace,
    String name,
    String metadataLocation,
    Instant droppedAt,
    Instant keepUntil) {
  @Override
  public String toString() {
    return namespace + "." + name + " dropped at " + droppedAt;
  }
}
