package io.orochi.table.layout;

import java.util.List;
import java.util.Optional;

/** Every {@code orochi.*} option of a table, as data: validation and documentation read this. */
public final class TableOptions {
  public static final String HYPERTABLE = "orochi.hypertable";
  public static final String CHUNK_INTERVAL = "orochi.chunk-interval";
  public static final String DISTRIBUTION = "orochi.distribution";
  public static final String ORDER_BY = "orochi.order-by";

  private TableOptions() {}

  /** In the order of the documentation. */
  public static List<TableOption> all() {
    throw new UnsupportedOperationException("the layout room");
  }

  public static Optional<TableOption> find(String key) {
    throw new UnsupportedOperationException("the layout room");
  }
}
