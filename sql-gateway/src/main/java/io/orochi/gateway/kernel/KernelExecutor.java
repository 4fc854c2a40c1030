package io.orochi.gateway.kernel;

import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.KernelQuery;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.Kernel;
import io.orochi.table.kernel.KernelResult;
import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.changelog.ChangelogView;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/** Runs planned queries on a kernel, each in a kernel session of its own. Safe to share. */
public final class KernelExecutor {
  /** Rows per Arrow batch. */
  public static final int BATCH_ROWS = 16_384;

  /** What a value can make the kernel say where Flink would wrap, cut or round. */
  private static final Set<OrochiErrorCode> FLINK_MAY_KNOW_BETTER =
      EnumSet.of(OrochiErrorCode.NUMERIC_OUT_OF_RANGE, OrochiErrorCode.VALUE_NOT_CONVERTIBLE);

  private final Kernel kernel;
  private final BufferAllocator allocator;

  /**
   * @param allocator outlives every cursor
   */
  public KernelExecutor(Kernel kernel, BufferAllocator allocator) {
    this.kernel = kernel;
    this.allocator = allocator;
  }

  /**
   * Starts a query; rows are computed while the cursor is read.
   *
   * @throws OrochiException as {@link KernelSession#register} and {@link KernelSession#query} do;
   *     nothing is left open then
   */
  public KernelCursor execute(KernelQuery query) {
    return execute(query, cancel -> {});
  }

  /**
   * The same, giving away the means to cancel before the first byte is read: fetching remote files
   * and a query's first blocking step both happen before this method returns.
   */
  public KernelCursor execute(KernelQuery query, Consumer<Runnable> onStart) {
    KernelSession session = kernel.openSession();
    try {
      onStart.accept(session::cancel);
      if (!query.timeZone().normalized().equals(ZoneOffset.UTC)) {
        session.setTimeZone(query.timeZone());
      }
      List<String> names = new ArrayList<>();
      for (KernelInput input : query.inputs()) {
        names.add(register(session, input));
      }
      KernelResult result = session.query(query.sql().text(names), List.of());
      return SessionCursor.open(session, result, allocator, BATCH_ROWS);
    } catch (RuntimeException | Error failure) {
      session.close();
      throw failure;
    }
  }

  /**
   * Whether a failure that came before any row left may be answered by running the statement on
   * Flink.
   */
  public static boolean mayRetryOnFlink(KernelQuery query, Throwable failure) {
    return query.mayRetryOnFlink()
        && OrochiException.findIn(failure)
            .map(OrochiException::code)
            .filter(FLINK_MAY_KNOW_BETTER::contains)
            .isPresent();
  }

  private static String register(KernelSession session, KernelInput input) {
    if (input instanceof KernelInput.Files files) {
      return switch (files.places()) {
        case UNKNOWN -> session.register(files.plan());
        case KNOWN -> session.registerWithPositions(files.plan());
      };
    }
    if (input instanceof KernelInput.Changes changes) {
      return ChangelogView.register(session, changes.plan());
    }
    KernelInput.Rows rows = (KernelInput.Rows) input;
    return session.register(rows.schema(), rows.rows().get());
  }
}
