package io.orochi.catalog.iceberg;

import io.orochi.catalog.metastore.Metastore;
import io.orochi.catalog.metastore.MetastoreChange;
import io.orochi.catalog.metastore.MetastoreEntry;
import io.orochi.catalog.metastore.MetastoreKey;
import io.orochi.catalog.metastore.MetastoreKey.Space;
import io.orochi.catalog.metastore.SwapOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;

/** Namespaces and their properties, and the pointers inside them as far as names are concerned. */
final class Namespaces {
  private static final String LOCATION = "location";
  private static final int ATTEMPTS = 10;

  private final Metastore metastore;
  private final String warehouse;

  Namespaces(Metastore metastore, String warehouse) {
    this.metastore = metastore;
    this.warehouse = warehouse;
  }

  boolean exists(Namespace namespace) {
    return metastore.get(Keys.property(namespace, Keys.EXISTS)).isPresent()
        || !below(namespace).isEmpty();
  }

  void requireExists(Namespace namespace) {
    if (!exists(namespace)) {
      throw new NoSuchNamespaceException("Namespace does not exist: %s", namespace);
    }
  }

  /** Where the tables of a namespace go. */
  String location(Namespace namespace) {
    return metastore
        .get(Keys.property(namespace, LOCATION))
        .map(Locations::normalize)
        .orElseGet(
            () ->
                namespace.isEmpty()
                    ? warehouse
                    : warehouse + "/" + String.join("/", namespace.levels()));
  }

  void create(Namespace namespace, Map<String, String> properties) {
    if (namespace.isEmpty()) {
      throw new IllegalArgumentException("Cannot create a namespace without a name");
    }
    List<MetastoreChange> changes = new ArrayList<>();
    changes.add(Keys.createNamespace(namespace));
    properties.forEach(
        (key, value) -> {
          if (!key.equals(Keys.EXISTS)) {
            changes.add(new MetastoreChange.Create(Keys.property(namespace, key), value));
          }
        });
    if (!swap(changes)) {
      throw new AlreadyExistsException("Namespace already exists: %s", namespace);
    }
  }

  /** Without the property that only says that the namespace exists. */
  Map<String, String> properties(Namespace namespace) {
    requireExists(namespace);
    // Iceberg's REST handlers ask such maps for a null key.
    Map<String, String> properties = new LinkedHashMap<>();
    stored(namespace).forEach(entry -> properties.put(entry.key().name(), entry.value()));
    properties.remove(Keys.EXISTS);
    return properties;
  }

  /** The children of a namespace, one level down, ordered. */
  List<Namespace> list(Namespace parent) {
    if (!parent.isEmpty()) {
      requireExists(parent);
    }
    int depth = parent.length() + 1;
    TreeSet<String> children = new TreeSet<>();
    for (String text : below(parent)) {
      Namespace namespace = Keys.namespace(text);
      if (namespace.length() >= depth) {
        String[] levels = new String[depth];
        System.arraycopy(namespace.levels(), 0, levels, 0, depth);
        children.add(Keys.text(Namespace.of(levels)));
      }
    }
    return children.stream().map(Keys::namespace).toList();
  }

  boolean drop(Namespace namespace) {
    if (!exists(namespace)) {
      return false;
    }
    if (!list(namespace).isEmpty() || holdsPointers(namespace)) {
      throw new NamespaceNotEmptyException("Namespace is not empty: %s", namespace);
    }
    return retrying(
        namespace.toString(),
        () -> {
          List<MetastoreChange> changes = new ArrayList<>();
          stored(namespace)
              .forEach(e -> changes.add(new MetastoreChange.Delete(e.key(), e.value())));
          return changes.isEmpty() ? Optional.of(false) : swapped(changes);
        });
  }

  /** Sets the properties, and removes those whose new value is null. */
  void alter(Namespace namespace, Map<String, String> updates) {
    requireExists(namespace);
    retrying(
        namespace.toString(),
        () -> {
          Map<MetastoreKey, String> now = new TreeMap<>();
          stored(namespace).forEach(entry -> now.put(entry.key(), entry.value()));
          List<MetastoreChange> changes = new ArrayList<>();
          updates.forEach(
              (property, value) -> {
                MetastoreKey key = Keys.property(namespace, property);
                String old = now.get(key);
                if (old == null && value != null) {
                  changes.add(new MetastoreChange.Create(key, value));
                } else if (old != null && value == null && !property.equals(Keys.EXISTS)) {
                  changes.add(new MetastoreChange.Delete(key, old));
                } else if (old != null && value != null) {
                  changes.add(new MetastoreChange.Replace(key, old, value));
                }
              });
          return changes.isEmpty() ? Optional.of(true) : swapped(changes);
        });
  }

  /** False if there is none. */
  boolean deletePointer(MetastoreKey key, TableIdentifier identifier) {
    return deletePointer(key, identifier, location -> List.of());
  }

  /**
   * The same, with more changes at the same point in time.
   *
   * @param also from the location that the pointer had
   */
  boolean deletePointer(
      MetastoreKey key, TableIdentifier identifier, Function<String, List<MetastoreChange>> also) {
    return retrying(
        identifier.toString(),
        () -> {
          Optional<String> location = metastore.get(key);
          if (location.isEmpty()) {
            return Optional.of(false);
          }
          List<MetastoreChange> changes = new ArrayList<>(also.apply(location.get()));
          changes.add(new MetastoreChange.Delete(key, location.get()));
          return swapped(changes);
        });
  }

  /** False if {@code from} does not exist. */
  boolean rename(MetastoreKey from, MetastoreKey to, TableIdentifier target) {
    requireExists(target.namespace());
    if (from.equals(to)) {
      return metastore.get(from).isPresent();
    }
    return retrying(
        target.toString(),
        () -> {
          Optional<String> location = metastore.get(from);
          if (location.isEmpty()) {
            return Optional.of(false);
          }
          if (holds(to.group(), to.name())) {
            throw new AlreadyExistsException("Table or view already exists: %s", target);
          }
          return swapped(
              List.of(
                  new MetastoreChange.Delete(from, location.get()),
                  new MetastoreChange.Create(to, location.get())));
        });
  }

  private boolean holds(String group, String name) {
    return metastore.get(MetastoreKey.table(group, name)).isPresent()
        || metastore.get(MetastoreKey.view(group, name)).isPresent();
  }

  private boolean holdsPointers(Namespace namespace) {
    String text = Keys.text(namespace);
    return !metastore.list(Space.TABLE, text).isEmpty()
        || !metastore.list(Space.VIEW, text).isEmpty();
  }

  private List<MetastoreEntry> stored(Namespace namespace) {
    return metastore.list(Space.NAMESPACE, Keys.text(namespace));
  }

  /** The namespaces that are {@code parent} or lie under it and hold anything, as texts. */
  private TreeSet<String> below(Namespace parent) {
    String text = Keys.text(parent);
    TreeSet<String> found = new TreeSet<>();
    Stream.of(Space.NAMESPACE, Space.TABLE, Space.VIEW)
        .flatMap(space -> metastore.scan(space, text).stream())
        .map(entry -> entry.key().group())
        .filter(g -> text.isEmpty() || g.equals(text) || g.startsWith(text + "."))
        .forEach(found::add);
    return found;
  }

  private Optional<Boolean> swapped(List<MetastoreChange> changes) {
    return swap(changes) ? Optional.of(true) : Optional.empty();
  }

  private boolean swap(List<MetastoreChange> changes) {
    SwapOutcome outcome = metastore.compareAndSet(changes);
    if (outcome instanceof SwapOutcome.Unknown unknown) {
      throw new CommitStateUnknownException(
          "Cannot tell whether the change was stored: " + changes.get(0).key(), unknown.cause());
    }
    return outcome instanceof SwapOutcome.Applied;
  }

  /** Reads and swaps again until no other change came between. */
  private static boolean retrying(String what, Supplier<Optional<Boolean>> attempt) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<Boolean> done = attempt.get();
      if (done.isPresent()) {
        return done.get();
      }
    }
    throw new CommitFailedException("Cannot change %s: others change it all the time", what);
  }
}
