package io.orochi.table.integrity;

import java.time.Instant;

/**
 * What a repair takes from a table, or would.
 *
 * @param file its location; the snapshot's id for {@link FileRole#SNAPSHOT}
 * @param rows that are lost; negative if rows that were deleted come back
 * @param from the earliest time among the rows, null where not known
 * @param to the latest time among the rows, inclusive, null where not known
 * @param keptAt where a copy of the damaged file is; null if there is nothing to keep
 */
public record Loss(
    String file,
    FileRole role,
    String action,
    long rows,
    Instant from,
    Instant to,
    String keptAt) {}
