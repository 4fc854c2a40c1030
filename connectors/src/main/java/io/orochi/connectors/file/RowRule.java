package io.orochi.connectors.file;

import java.io.Serializable;
import java.util.Optional;
import org.apache.flink.table.data.RowData;

/** What a table demands of a row beside its columns' types; travels to the cluster. */
@FunctionalInterface
public interface RowRule extends Serializable {
  /** Lets every row pass. */
  RowRule NONE = row -> Optional.empty();

  /** Why the row is refused; empty if it is not. */
  Optional<String> refusal(RowData row);
}
