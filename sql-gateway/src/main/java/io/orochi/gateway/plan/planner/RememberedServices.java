package io.orochi.gateway.plan.planner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The server's classes, which remembers where services are declared. Flink's planner looks for a
 * factory of the old kind four times for each table of a statement, each time in every jar of the
 * class path, and finds none: a quarter of what it takes to understand a small query. Safe to share
 * between threads.
 */
public final class RememberedServices extends ClassLoader {
  private static final String SERVICES = "META-INF/services/";
  private static final ClassLoader SERVER = RememberedServices.class.getClassLoader();

  private final Map<String, List<URL>> declared = new ConcurrentHashMap<>();

  public RememberedServices() {
    super(SERVER);
  }

  /** In place of the server's own class loader; any other knows more, and is left as it is. */
  public ClassLoader inPlaceOf(ClassLoader context) {
    return context == SERVER ? this : context;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    if (!name.startsWith(SERVICES)) {
      return super.getResources(name);
    }
    try {
      return Collections.enumeration(declared.computeIfAbsent(name, this::find));
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  private List<URL> find(String name) {
    try {
      return List.copyOf(Collections.list(super.getResources(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
