package io.orochi.gateway.plan.scan;

import org.apache.flink.table.catalog.ContextResolvedTable;

/** Finds what stands behind a table of Flink's catalog. */
@FunctionalInterface
public interface Relations {
  /**
   * @throws io.orochi.gateway.plan.sql.CannotExpress if the kernel cannot read it
   */
  Relation find(ContextResolvedTable table);
}
