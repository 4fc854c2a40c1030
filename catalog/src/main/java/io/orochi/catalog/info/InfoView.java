package io.orochi.catalog.info;

import java.util.List;
import org.apache.iceberg.Schema;

/**
 * One view of the virtual database {@code info}, independent of the engine that shows it.
 * Implementations hold no state and may be shared between threads.
 */
public interface InfoView {
  /** Lower case, without the database. */
  String name();

  /** One sentence for the reference page and {@code sys.help}. */
  String description();

  /** The columns, each with a doc. */
  Schema schema();

  /**
   * Computes the rows as they are now. Values have the classes of Iceberg's generic records
   * (String, Long, Integer, Boolean, Double, OffsetDateTime …) in the order of {@link #schema};
   * null where a value is unknown. Never lists files: only metadata and manifests are read.
   */
  List<Object[]> rows(InfoContext context);
}
