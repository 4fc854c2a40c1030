package io.orochi.catalog.metastore;

import java.util.Comparator;
import java.util.Objects;

/**
 * The address of one value. The natural order is the order in which a compare-and-set locks, so two
 * of them never wait for each other in a circle.
 *
 * @param group a namespace with its levels joined by dots, or the kind of a record
 * @param name a table, a view, a namespace property, or a record
 */
public record MetastoreKey(Space space, String group, String name)
    implements Comparable<MetastoreKey> {
  private static final Comparator<MetastoreKey> ORDER =
      Comparator.comparing(MetastoreKey::space)
          .thenComparing(MetastoreKey::group)
          .thenComparing(MetastoreKey::name);

  /** What a value is, and so where a backend keeps it. */
  public enum Space {
    /** A property of a namespace. */
    NAMESPACE,
    /** The metadata location of a table. A table and a view never share a name. */
    TABLE,
    /** The metadata location of a view. */
    VIEW,
    /** A definition that is not a table, as JSON. */
    RECORD
  }

  public MetastoreKey {
    Objects.requireNonNull(space);
    Objects.requireNonNull(group);
    Objects.requireNonNull(name);
  }

  public static MetastoreKey namespaceProperty(String namespace, String property) {
    return new MetastoreKey(Space.NAMESPACE, namespace, property);
  }

  public static MetastoreKey table(String namespace, String name) {
    return new MetastoreKey(Space.TABLE, namespace, name);
  }

  public static MetastoreKey view(String namespace, String name) {
    return new MetastoreKey(Space.VIEW, namespace, name);
  }

  public static MetastoreKey record(String kind, String name) {
    return new MetastoreKey(Space.RECORD, kind, name);
  }

  @Override
  public int compareTo(MetastoreKey other) {
    return ORDER.compare(this, other);
  }
}
