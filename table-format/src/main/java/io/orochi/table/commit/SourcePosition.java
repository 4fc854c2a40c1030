package io.orochi.table.commit;

import java.util.Map;

/**
 * How far one writer has read its source. It is published in the same snapshot as the rows read up
 * to it, so that the rows and the position can never disagree.
 *
 * @param writer names the writer for ever: a pipeline's name, or a unique id of an INSERT
 * @param sequence grows with each commit of this writer; a table never holds two commits of one
 *     writer with the same sequence. A writer that runs again starts after {@link
 *     TableCommitter#lastPosition}
 * @param splits the offset reached in each split of the source (file, partition, host), as text
 *     only the source understands; only splits that moved need be present, the committer merges
 */
public record SourcePosition(String writer, long sequence, Map<String, String> splits) {
  public SourcePosition {
    splits = Map.copyOf(splits);
  }
}
