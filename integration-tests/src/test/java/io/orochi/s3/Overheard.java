package io.orochi.s3;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Every line this process logs at INFO or above, stack traces included. */
final class Overheard extends AbstractAppender implements AutoCloseable {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Level before;

  private Overheard(Level before) {
    super("overheard", null, null, true, Property.EMPTY_ARRAY);
    this.before = before;
  }

  static Overheard listening() {
    LoggerContext context = context();
    Overheard overheard = new Overheard(context.getConfiguration().getRootLogger().getLevel());
    overheard.attach(context);
    return overheard;
  }

  private void attach(LoggerContext context) {
    start();
    LoggerConfig root = context.getConfiguration().getRootLogger();
    for (Appender console : root.getAppenders().values()) {
      root.removeAppender(console.getName());
      root.addAppender(console, Level.ERROR, null);
    }
    root.addAppender(this, Level.INFO, null);
    context.getConfiguration().getLoggers().values().forEach(one -> one.setLevel(Level.INFO));
    context.updateLoggers();
  }

  @Override
  public void append(LogEvent event) {
    StringWriter text = new StringWriter();
    text.append(event.getMessage().getFormattedMessage());
    if (event.getThrown() != null) {
      event.getThrown().printStackTrace(new PrintWriter(text, true));
    }
    lines.add(text.toString());
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    LoggerContext context = context();
    context.getConfiguration().getRootLogger().removeAppender(getName());
    context.getConfiguration().getLoggers().values().forEach(one -> one.setLevel(before));
    context.updateLoggers();
    stop();
  }

  private static LoggerContext context() {
    return (LoggerContext) LogManager.getContext(false);
  }
}
