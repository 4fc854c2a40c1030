package io.orochi.table.kernel;

import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.bloom.BloomFilters;
import io.orochi.table.kernel.deletes.DeleteMemory;
import io.orochi.table.kernel.exec.FileShapes;
import io.orochi.table.kernel.exec.KernelConnection;
import io.orochi.table.kernel.exec.KernelConnections;
import io.orochi.table.kernel.exec.KernelFailures;
import io.orochi.table.kernel.exec.RowTable;
import io.orochi.table.kernel.exec.ScanView;
import io.orochi.table.kernel.exec.TempNames;
import io.orochi.table.kernel.files.FileCopies;
import io.orochi.table.kernel.files.FileLease;
import io.orochi.table.kernel.files.LocalFiles;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.sql.SqlText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relations and queries of one statement. One thread at a time, except {@link #cancel()} and
 * {@link #progress()}. Closing it drops its relations and ends its query.
 */
public final class KernelSession implements AutoCloseable {
  public static final String FILE_COLUMN = ScanView.FILE;
  public static final String POSITION_COLUMN = ScanView.POSITION;

  private static final String UTC = "UTC";
  private static final long INTERRUPT_MILLIS = 50;
  private static final String LOST_REASON = "Invalid result set";
  private static final Logger LOG = LoggerFactory.getLogger(KernelSession.class);

  private final KernelConnections connections;
  private final KernelConnection lent;
  private final DuckDBConnection connection;
  private final LocalFiles files;
  private final TempNames names = new TempNames();
  private final ScanView views;
  private final BloomFilters blooms;
  private final KernelFailures failures = new KernelFailures();
  private final List<FileLease> leases = new ArrayList<>();
  private final Consumer<KernelSession> onClose;
  private final Object ending = new Object();
  private String zone = UTC;
  private int unread;
  private boolean failed;
  private boolean closed;
  private volatile boolean busy;

  KernelSession(
      KernelConnections connections,
      LocalFiles files,
      FileShapes shapes,
      DeleteMemory deletes,
      BloomFilters blooms,
      Consumer<KernelSession> onClose)
      throws SQLException {
    this.connections = connections;
    this.lent = connections.take();
    this.connection = lent.jdbc();
    this.files = files;
    this.views = new ScanView(shapes, deletes, names);
    this.blooms = blooms;
    this.onClose = onClose;
  }

  /**
   * Makes a planned scan queryable: fetches remote files, verifies digests on first use, loads
   * deletes.
   *
   * @return an item for a FROM clause, valid in this session until it is closed
   * @throws OrochiException DATA_FILE_CORRUPT or DATA_FILE_MISSING naming file and table;
   *     KERNEL_CANNOT_READ for what only another engine reads; QUERY_CANCELLED
   */
  public String register(ScanPlan plan) {
    return register(plan, views::create);
  }

  /**
   * The same with two more columns, which say where a row lies: {@link #FILE_COLUMN}, the place of
   * its file in {@link ScanPlan#tasks} (INTEGER), and {@link #POSITION_COLUMN} in that file
   * (BIGINT).
   */
  public String registerWithPositions(ScanPlan plan) {
    return register(plan, views::createWithPositions);
  }

  @FunctionalInterface
  private interface ViewMaker {
    String create(DuckDBConnection connection, ScanPlan plan, FileLease lease) throws SQLException;
  }

  private String register(ScanPlan plan, ViewMaker views) {
    try {
      begin();
      FileLease lease = lease(plan);
      leases.add(lease);
      plan.tasks().forEach(task -> know(plan, lease, task));
      return views.create(connection, plan, lease);
    } catch (SQLException | RuntimeException e) {
      throw failed(e);
    } finally {
      busy = false;
    }
  }

  /**
   * The same scan without the files whose bloom filters tell that they cannot hold a row for which
   * a condition is true. Files are fetched and verified as {@link #register(ScanPlan)} does it.
   *
   * @throws OrochiException as {@link #register(ScanPlan)} does
   */
  public ScanPlan narrow(ScanPlan plan, Expression condition) {
    try {
      begin();
      FileLease lease = lease(plan);
      leases.add(lease);
      plan.tasks().forEach(task -> know(plan, lease, task));
      return blooms.narrow(connection, plan, lease, condition);
    } catch (SQLException | RuntimeException e) {
      throw failed(e);
    } finally {
      busy = false;
    }
  }

  private void know(ScanPlan plan, FileLease lease, FileScanTask task) {
    failures.know(lease.of(task.file()).path(), plan.table(), task.file().location());
    task.deletes()
        .forEach(delete -> failures.know(lease.of(delete).path(), plan.table(), delete.location()));
  }

  private FileLease lease(ScanPlan plan) {
    Map<String, ContentFile<?>> wanted = new LinkedHashMap<>();
    plan.tasks()
        .forEach(
            task -> {
              wanted.put(task.file().location(), task.file());
              task.deletes().forEach(delete -> wanted.put(delete.location(), delete));
            });
    return files.lease(plan.table(), wanted.values(), failures::isCancelled);
  }

  /**
   * Makes rows in memory queryable. Values are Iceberg's generic ones: LocalDate, LocalTime,
   * LocalDateTime, OffsetDateTime or Instant, BigDecimal, UUID, ByteBuffer or byte[], List, Map,
   * StructLike or Object[].
   *
   * @return a quoted name for a FROM clause
   */
  public String register(Schema schema, Iterable<Object[]> rows) {
    try {
      begin();
      String name = names.next();
      new RowTable(schema).create(connection, name, rows);
      return SqlText.identifier(name);
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      busy = false;
    }
  }

  /** The zone of {@code timestamptz} functions and casts; UTC until set. */
  public void setTimeZone(ZoneId zone) {
    this.zone = kernelName(zone);
  }

  /** The kernel knows no 'Z' and no '+05:30', and takes 'UTC+05:30' for five hours. */
  private static String kernelName(ZoneId zone) {
    ZoneId fixed = zone.normalized();
    if (fixed.equals(ZoneOffset.UTC)) {
      return UTC;
    }
    return fixed instanceof ZoneOffset ? "GMT" + fixed.getId() : fixed.getId();
  }

  /** Files registered so far whose bytes were compared with a digest. */
  public long verifiedFiles() {
    return leases.stream().mapToLong(FileLease::verifiedFiles).sum();
  }

  /** Files registered so far that no commit of ours wrote; their bytes are taken as they are. */
  public long unverifiedFiles() {
    return leases.stream().mapToLong(FileLease::unverifiedFiles).sum();
  }

  /**
   * What it took to have the files registered so far at hand.
   *
   * @param fetchedBefore what another session {@link #fetched} for the same statement
   */
  public FileCopies copies(Map<String, Long> fetchedBefore) {
    return FileCopies.of(leases, fetchedBefore);
  }

  /** Location and bytes of each file that was copied for this session. */
  public Map<String, Long> fetched() {
    Map<String, Long> fetched = new HashMap<>();
    leases.forEach(lease -> fetched.putAll(lease.fetched()));
    return fetched;
  }

  /**
   * Starts a query; rows are computed while the result is read. The result must be closed before
   * the next query of this session.
   *
   * @param parameters for the {@code ?} of the statement, in order; nulls allowed
   * @throws OrochiException as the result's reader does
   */
  public KernelResult query(String sql, List<Object> parameters) {
    try {
      begin();
      // preparing a statement without parameters would plan it twice
      boolean prepares = !parameters.isEmpty();
      PreparedStatement prepared = prepares ? prepare(sql, parameters) : null;
      Statement statement = prepares ? prepared : connection.createStatement();
      try {
        ResultSet result = prepares ? prepared.executeQuery() : statement.executeQuery(sql);
        DuckDBResultSet rows = result.unwrap(DuckDBResultSet.class);
        unread++;
        return new DuckResult(statement, rows, failures, this::ended);
      } catch (SQLException | RuntimeException e) {
        closeQuietly(statement);
        throw e;
      }
    } catch (SQLException | RuntimeException e) {
      OrochiException failure = failed(reasonOf(e, sql, parameters));
      busy = false;
      throw failure;
    }
  }

  private PreparedStatement prepare(String sql, List<Object> parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
    return statement;
  }

  /**
   * The driver loses the reason of a streamed query that fails before its first row; run through
   * its other interface, the query fails again and tells.
   */
  private Throwable reasonOf(Throwable failure, String sql, List<Object> parameters) {
    if (!String.valueOf(failure.getMessage()).contains(LOST_REASON) || failures.isCancelled()) {
      return failure;
    }
    try (PreparedStatement again = prepare(sql, parameters);
        DuckDBChunkedResult chunks = again.unwrap(DuckDBPreparedStatement.class).query()) {
      chunks.nextChunk();
      return failure;
    } catch (SQLException | RuntimeException reason) {
      return reason;
    }
  }

  /**
   * Ends this session's work: what runs, and whatever is asked of it later, fails with
   * QUERY_CANCELLED.
   */
  public void cancel() {
    failures.markCancelled();
    interruptWhileBusy();
  }

  /** How much of the running query is done, from 0 to 1; empty if nothing runs or is known. */
  public OptionalDouble progress() {
    return busy ? lent.probe().progress() : OptionalDouble.empty();
  }

  /** An interruption that arrives before the statement starts is lost, so it is repeated. */
  private void interruptWhileBusy() {
    synchronized (ending) {
      if (!busy) {
        return;
      }
      lent.interrupter().interrupt();
    }
    CompletableFuture.delayedExecutor(INTERRUPT_MILLIS, TimeUnit.MILLISECONDS)
        .execute(this::interruptWhileBusy);
  }

  @Override
  public void close() {
    onClose.accept(this);
    synchronized (ending) {
      if (closed) {
        return;
      }
      closed = true;
      busy = false;
    }
    if (leavesNothing()) {
      connections.giveBack(lent);
    } else {
      connections.discard(lent);
    }
    views.close();
    leases.forEach(FileLease::close);
    leases.clear();
  }

  /** A cancel that comes later finds this session closed, and interrupts nothing. */
  private boolean leavesNothing() {
    return !failed && unread == 0 && names.given() == 0 && !failures.isCancelled();
  }

  private void ended(DuckResult.Ending ending) {
    busy = false;
    if (ending == DuckResult.Ending.ALL_READ) {
      unread--;
    }
  }

  private OrochiException failed(Throwable failure) {
    failed = true;
    return failures.map(failure);
  }

  private void begin() throws SQLException {
    busy = true;
    if (failures.isCancelled()) {
      throw KernelFailures.cancelledFailure();
    }
    lent.use(zone);
  }

  private static void closeQuietly(AutoCloseable resource) {
    if (resource == null) {
      return;
    }
    try {
      resource.close();
    } catch (Exception e) {
      LOG.debug("Closing after a failure failed too", e);
    }
  }
}
