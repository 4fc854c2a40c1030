package io.orochi.catalog.flink.sink;

import io.orochi.table.commit.TableCommitter;
import java.io.Serializable;
import org.apache.iceberg.Table;

/** Makes the committer of a job where the job runs; a seam for tests of the commit protocol. */
@FunctionalInterface
public interface CommitterFactory extends Serializable {
  TableCommitter create(Table table);
}
