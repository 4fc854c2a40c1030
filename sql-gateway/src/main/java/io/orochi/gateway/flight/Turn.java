package io.orochi.gateway.flight;

import io.orochi.gateway.statement.running.RunningStatement;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;

/**
 * Who answers a client, since a stream takes one thread only: the one that runs its statement, or a
 * cancel which that one does not hear because it waits for a store that has stopped answering.
 */
final class Turn {
  private static final long GRACE_MILLIS = 1_000;

  private final AtomicReference<Thread> owner = new AtomicReference<>();

  /** Whether the calling thread may use the stream, now and from now on. */
  boolean take() {
    Thread asking = Thread.currentThread();
    return owner.compareAndSet(null, asking) || asking.equals(owner.get());
  }

  /**
   * Tells the client of a cancel if nobody has told it anything a second later. The statement stays
   * among the running ones, as cancelling, until its thread hears of it.
   */
  void giveUpAfterCancel(RunningStatement statement, ServerStreamListener listener) {
    statement.onCancel(
        () ->
            CompletableFuture.delayedExecutor(GRACE_MILLIS, TimeUnit.MILLISECONDS)
                .execute(
                    () -> {
                      if (take() && !listener.isCancelled()) {
                        listener.error(
                            FlightErrors.of(statement.translate(new CancellationException())));
                      }
                    }));
  }
}
