package io.orochi.gateway.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server is made of, closed in the opposite order of its making. */
final class Parts {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<Part> parts = new ArrayDeque<>();

  private record Part(String name, Runnable close) {}

  <T> T add(String name, T part, Consumer<T> close) {
    parts.push(new Part(name, () -> close.accept(part)));
    return part;
  }

  /** Closes all, also after a failure of one. */
  void close() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        part.close().run();
      } catch (RuntimeException failure) {
        LOG.warn("Could not close: {}", part.name(), failure);
      }
    }
  }
}
