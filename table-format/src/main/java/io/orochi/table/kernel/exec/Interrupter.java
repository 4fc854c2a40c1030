package io.orochi.table.kernel.exec;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.locks.Lock;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interrupts whatever a connection does. {@code Statement.cancel} reaches a statement only while it
 * starts, not while its rows are streamed, and not a statement of another object; the driver's own
 * interrupt reaches both but is not public, hence the reflection.
 */
public final class Interrupter {
  private static final Logger LOG = LoggerFactory.getLogger(Interrupter.class);

  private final DuckDBConnection connection;
  private final Lock lock;
  private final Method interrupt;

  public Interrupter(DuckDBConnection connection) {
    this.connection = connection;
    try {
      Field field = DuckDBConnection.class.getDeclaredField("connRefLock");
      field.setAccessible(true);
      this.lock = (Lock) field.get(connection);
      this.interrupt = DuckDBConnection.class.getDeclaredMethod("interrupt");
      this.interrupt.setAccessible(true);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this DuckDB driver cannot be interrupted", e);
    }
  }

  /** No effect if nothing runs; an interruption that comes before a statement starts is lost. */
  public void interrupt() {
    lock.lock();
    try {
      interrupt.invoke(connection);
    } catch (InvocationTargetException e) {
      LOG.debug("The connection was closed before it could be interrupted", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }
}
