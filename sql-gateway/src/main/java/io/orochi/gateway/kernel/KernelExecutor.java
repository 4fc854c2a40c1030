package io.orochi.gateway.kernel;

import io.orochi.gateway.kernel.cache.ResultCache;
import io.orochi.gateway.kernel.cache.ResultKey;
import io.orochi.gateway.kernel.narrow.Narrower;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.KernelQuery;
import io.orochi.gateway.plan.Reuse;
import io.orochi.gateway.plan.stage.Stage;
import io.orochi.gateway.plan.stage.Stages;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.Kernel;
import io.orochi.table.kernel.KernelResult;
import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.changelog.ChangelogView;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/** Runs planned queries on a kernel, each in a kernel session of its own. Safe to share. */
public final class KernelExecutor {
  /** Rows per Arrow batch. */
  public static final int BATCH_ROWS = 16_384;

  /**
   * What a value can make the kernel say where Flink would wrap, cut or round, and what it says of
   * SQL that it does not take, which is a defect of the planner.
   */
  private static final Set<OrochiErrorCode> FLINK_MAY_KNOW_BETTER =
      EnumSet.of(
          OrochiErrorCode.KERNEL_FAILED,
          OrochiErrorCode.NUMERIC_OUT_OF_RANGE,
          OrochiErrorCode.VALUE_NOT_CONVERTIBLE,
          OrochiErrorCode.SUBQUERY_OF_SEVERAL_ROWS);

  private final Kernel kernel;
  private final BufferAllocator allocator;
  private final ResultCache results;
  private final ChunkReads reads;

  /** Keeps no answers. */
  public KernelExecutor(Kernel kernel, BufferAllocator allocator) {
    this(
        kernel,
        allocator,
        new ResultCache(0, Clock.systemUTC()),
        new ChunkReads(0, Clock.systemUTC()));
  }

  /**
   * @param allocator outlives every cursor
   * @param results answers that may be given again
   * @param reads is told of every plan that is executed
   */
  public KernelExecutor(
      Kernel kernel, BufferAllocator allocator, ResultCache results, ChunkReads reads) {
    this.kernel = kernel;
    this.allocator = allocator;
    this.results = results;
    this.reads = reads;
  }

  /**
   * Starts a query; rows are computed while the cursor is read.
   *
   * @throws OrochiException as {@link KernelSession#register} and {@link KernelSession#query} do;
   *     nothing is left open then
   */
  public KernelCursor execute(KernelQuery query) {
    return execute(query, session -> {});
  }

  /**
   * The same, giving away the session before the first byte is read, for its cancel and progress:
   * fetching remote files and a query's first blocking step both happen before this method returns.
   * A query may take several sessions, one after the other.
   */
  public KernelCursor execute(KernelQuery query, Consumer<KernelSession> onStart) {
    return execute(query, onStart, new Stages());
  }

  /** The same, noting what its stages take. */
  public KernelCursor execute(KernelQuery query, Consumer<KernelSession> onStart, Stages stages) {
    if (query.reuse() == Reuse.NEVER || !results.isOn()) {
      return compute(query, onStart, stages);
    }
    ResultKey key = ResultKey.of(query);
    Optional<KernelCursor> known =
        stages.time(Stage.EXECUTE, () -> results.find(key, query, allocator));
    return known.orElseGet(
        () -> results.recording(key, compute(query, onStart, stages), allocator));
  }

  private KernelCursor compute(KernelQuery query, Consumer<KernelSession> onStart, Stages stages) {
    SessionCursor.Read read =
        query.narrowings().isEmpty()
            ? new SessionCursor.Read(query.inputs(), Map.of())
            : stages.time(Stage.PRUNE, () -> narrowed(query, onStart));
    reads.note(read.inputs());
    KernelSession session = open(query, onStart);
    try {
      List<String> names = new ArrayList<>();
      for (KernelInput input : read.inputs()) {
        names.add(stages.time(Stage.VERIFY, () -> register(session, input)));
      }
      String sql = query.sql().text(names);
      KernelResult result = stages.time(Stage.EXECUTE, () -> session.query(sql, List.of()));
      return SessionCursor.open(session, result, allocator, read);
    } catch (RuntimeException | Error failure) {
      session.close();
      throw failure;
    }
  }

  private KernelSession open(KernelQuery query, Consumer<KernelSession> onStart) {
    KernelSession session = kernel.openSession();
    try {
      onStart.accept(session);
      if (!query.timeZone().normalized().equals(ZoneOffset.UTC)) {
        session.setTimeZone(query.timeZone());
      }
      return session;
    } catch (RuntimeException | Error failure) {
      session.close();
      throw failure;
    }
  }

  /** In a session of its own: what it reads is not part of what the query reads. */
  private SessionCursor.Read narrowed(KernelQuery query, Consumer<KernelSession> onStart) {
    try (KernelSession session = open(query, onStart)) {
      List<KernelInput> inputs = new Narrower(session, allocator).narrow(query);
      return new SessionCursor.Read(inputs, session.fetched());
    }
  }

  /**
   * Opens a session for as long as {@code work} runs, giving it away before, for its cancel and
   * progress.
   */
  public void run(
      Consumer<KernelSession> onStart, BiConsumer<KernelSession, BufferAllocator> work) {
    try (KernelSession session = kernel.openSession()) {
      onStart.accept(session);
      work.accept(session, allocator);
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
      String rows =
          switch (files.places()) {
            case UNKNOWN -> session.register(files.plan());
            case KNOWN -> session.registerWithPositions(files.plan());
          };
      return files.condition().isEmpty() ? rows : Narrower.where(rows, files.condition());
    }
    if (input instanceof KernelInput.Changes changes) {
      return ChangelogView.register(session, changes.plan());
    }
    if (input instanceof KernelInput.Summary summary) {
      return session.register(summary.schema(), summary.rows());
    }
    KernelInput.Rows rows = (KernelInput.Rows) input;
    return session.register(rows.schema(), rows.rows().get());
  }
}
