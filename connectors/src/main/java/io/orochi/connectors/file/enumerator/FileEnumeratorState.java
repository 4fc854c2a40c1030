package io.orochi.connectors.file.enumerator;

import io.orochi.connectors.file.split.FileSplit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * @param discovered whether a source that reads once has looked for its files
 * @param waiting splits no reader has
 * @param assigned ids of splits that readers have
 * @param positions the ledger: what was read to where, by split id
 */
public record FileEnumeratorState(
    boolean discovered,
    List<FileSplit> waiting,
    Set<String> assigned,
    Map<String, String> positions) {
  public FileEnumeratorState {
    waiting = List.copyOf(waiting);
    assigned = Set.copyOf(assigned);
    positions = Map.copyOf(positions);
  }
}
