package io.orochi.table.kernel.deletes;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

/**
 * A function of an instance that tells the rows of a scan that are not deleted: {@code
 * orochi_kept(scan, file_index, file_row_number)}. For readers of which the kernel does not know
 * how many rows they have, because it would keep such a reader's rows in memory to join them. Safe
 * to share between threads.
 */
public final class KeptRows {
  private static final String NAME = "orochi_kept";

  private final Map<Long, PositionSet[]> scans = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong held = new AtomicLong();
  private final long most;

  /**
   * @param most bytes that scans may hold at a time
   */
  public KeptRows(long most) {
    this.most = most;
  }

  public void register(Connection connection) throws SQLException {
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName(NAME)
          .withParameters(Long.class, Long.class, Long.class)
          .withReturnType(Boolean.class)
          .withVectorizedFunction(this::tell)
          .register(connection);
    }
  }

  /**
   * Room for what a scan is going to hold; closing it gives the room back and ends the scan's
   * condition.
   *
   * @return empty if scans hold too much already
   */
  public Optional<Scan> reserve(long bytes) {
    if (held.addAndGet(bytes) > most) {
      held.addAndGet(-bytes);
      return Optional.empty();
    }
    return Optional.of(new Scan(bytes));
  }

  /** The deleted positions of the files of one scan. */
  public final class Scan implements AutoCloseable {
    private final long id = ids.incrementAndGet();
    private final long bytes;

    private Scan(long bytes) {
      this.bytes = bytes;
    }

    /**
     * @param deleted by the place of the file in the reader's list
     * @return what is true for the rows of {@code reader} that stay
     */
    public String condition(List<PositionSet> deleted, String reader) {
      scans.put(id, deleted.toArray(PositionSet[]::new));
      return "%s(%d, CAST(%s.file_index AS BIGINT), %s.file_row_number)"
          .formatted(NAME, id, reader, reader);
    }

    @Override
    public void close() {
      scans.remove(id);
      held.addAndGet(-bytes);
    }
  }

  private void tell(DuckDBDataChunkReader rows, DuckDBWritableVector kept) {
    long count = rows.rowCount();
    if (count == 0) {
      return;
    }
    PositionSet[] files = scans.get(rows.vector(0).getLong(0));
    if (files == null) {
      throw new IllegalStateException("the scan has ended");
    }
    DuckDBReadableVector file = rows.vector(1);
    DuckDBReadableVector position = rows.vector(2);
    for (long row = 0; row < count; row++) {
      kept.setBoolean(row, !files[(int) file.getLong(row)].contains(position.getLong(row)));
    }
  }
}
