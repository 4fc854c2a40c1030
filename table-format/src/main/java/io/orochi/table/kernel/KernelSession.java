package io.orochi.table.kernel;

import io.orochi.table.kernel.scan.ScanPlan;
import java.time.ZoneId;
import java.util.List;
import org.apache.iceberg.Schema;

/**
 * Relations and queries of one statement or one user's session. One thread at a time, except {@link
 * #cancel()}. Closing it drops its relations and ends its query.
 */
public final class KernelSession implements AutoCloseable {
  KernelSession() {}

  /**
   * Makes a planned scan queryable: fetches remote files, verifies digests on first use, loads
   * deletes.
   *
   * @return a quoted name for a FROM clause, valid in this session until it is closed
   * @throws io.orochi.table.error.OrochiException DATA_FILE_CORRUPT or DATA_FILE_MISSING naming
   *     file and table
   */
  public String register(ScanPlan plan) {
    throw new UnsupportedOperationException("kernel.register");
  }

  /**
   * Makes rows in memory queryable. Values are Iceberg's generic ones: LocalDate, LocalDateTime,
   * OffsetDateTime, BigDecimal, UUID, ByteBuffer or byte[], List, Map, StructLike or Object[].
   *
   * @return a quoted name for a FROM clause
   */
  public String register(Schema schema, Iterable<Object[]> rows) {
    throw new UnsupportedOperationException("kernel.register");
  }

  /** The zone of {@code timestamptz} functions and casts; UTC until set. */
  public void setTimeZone(ZoneId zone) {
    throw new UnsupportedOperationException("kernel.setTimeZone");
  }

  /**
   * Starts a query; rows are computed while the result is read. The result must be closed before
   * the next query of this session.
   *
   * @param parameters for the {@code ?} of the statement, in order; nulls allowed
   * @throws io.orochi.table.error.OrochiException as the result's reader does
   */
  public KernelResult query(String sql, List<Object> parameters) {
    throw new UnsupportedOperationException("kernel.query");
  }

  /** Stops the running query, which then fails with QUERY_CANCELLED; no effect if none runs. */
  public void cancel() {
    throw new UnsupportedOperationException("kernel.cancel");
  }

  @Override
  public void close() {}
}
