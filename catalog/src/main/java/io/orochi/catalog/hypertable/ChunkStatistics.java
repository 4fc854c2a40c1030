package io.orochi.catalog.hypertable;

import java.time.Instant;

/**
 * What the manifests of one snapshot say about a chunk.
 *
 * @param name of the chunk; {@link #UNPARTITIONED} for files written before the table was cut
 * @param start inclusive; null for {@link #UNPARTITIONED}
 * @param end exclusive; null for {@link #UNPARTITIONED}
 * @param rows in data files; rows that delete files hide are still counted
 * @param inPlace whether all files lie where the table writes its files
 */
public record ChunkStatistics(
    String name, Instant start, Instant end, long files, long rows, long bytes, boolean inPlace) {
  /** Names the files that belong to no chunk. */
  public static final String UNPARTITIONED = "unpartitioned";

  ChunkStatistics plus(long moreRows, long moreBytes, boolean alsoInPlace) {
    return new ChunkStatistics(
        name, start, end, files + 1, rows + moreRows, bytes + moreBytes, inPlace && alsoInPlace);
  }
}
