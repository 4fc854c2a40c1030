package io.orochi.table.digest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Holds the most recently used values. A value missed by two threads at once is loaded twice. */
final class Recent<K, V> {
  private final Map<K, V> values;

  Recent(int capacity) {
    this.values =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > capacity;
          }
        };
  }

  V get(K key, Function<K, V> loader) {
    synchronized (values) {
      V value = values.get(key);
      if (value != null) {
        return value;
      }
    }
    V loaded = loader.apply(key);
    put(key, loaded);
    return loaded;
  }

  void put(K key, V value) {
    synchronized (values) {
      values.put(key, value);
    }
  }
}
