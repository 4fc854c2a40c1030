package io.orochi.catalog.flink.sink.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the committer must not forget.
 *
 * @param baseSequence the writer's last sequence in the table when its job began; the commit of
 *     checkpoint {@code n} has sequence {@code baseSequence + n}
 * @param jobToken tells this job from another one of the same writer
 * @param pending the parts of each checkpoint whose commit is not known to have happened
 */
public record CommitterState(
    long baseSequence, String jobToken, NavigableMap<Long, List<CommitPart>> pending) {
  public CommitterState {
    NavigableMap<Long, List<CommitPart>> copy = new TreeMap<>();
    for (Map.Entry<Long, List<CommitPart>> entry : pending.entrySet()) {
      copy.put(entry.getKey(), List.copyOf(new ArrayList<>(entry.getValue())));
    }
    pending = copy;
  }
}
