package io.orochi.table.kernel.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The smallest and greatest values and the nulls of a snapshot's columns. What a manifest says
 * never changes, so each is read once and a new snapshot costs only its new manifests. Safe to
 * share between threads.
 */
public final class ColumnStatistics {
  private static final int MANIFESTS_KEPT = 2_000;
  private static final List<String> READ =
      List.of("file_path", "record_count", "null_value_counts", "lower_bounds", "upper_bounds");

  private final Cache<Key, Map<Integer, ColumnFacts>> manifests =
      Caffeine.newBuilder().maximumSize(MANIFESTS_KEPT).build();

  /** A promoted column has other values in the same bytes. */
  private record Key(String path, int schemaId) {}

  /** The facts of each top-level column of primitive type, by field id; unknown ones included. */
  public Map<Integer, ColumnFacts> of(Table table, Snapshot snapshot) {
    Schema schema = table.schema();
    Map<Integer, ColumnFacts> all = new HashMap<>();
    for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
      Map<Integer, ColumnFacts> facts =
          manifests.get(
              new Key(manifest.path(), schema.schemaId()), key -> read(table, schema, manifest));
      facts.forEach(
          (id, fact) -> all.merge(id, fact, (one, other) -> join(schema.findType(id), one, other)));
    }
    return all;
  }

  private static Map<Integer, ColumnFacts> read(Table table, Schema schema, ManifestFile manifest) {
    Map<Integer, ColumnFacts> all = new HashMap<>();
    try (ManifestReader<DataFile> files =
        ManifestFiles.read(manifest, table.io(), table.specs()).select(READ)) {
      for (DataFile file : files) {
        for (NestedField column : schema.columns()) {
          if (column.type().isPrimitiveType()) {
            all.merge(
                column.fieldId(),
                facts(file, column),
                (one, other) -> join(column.type(), one, other));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** A column that was added after the file was written may have an initial value. */
  private static ColumnFacts facts(DataFile file, NestedField column) {
    int id = column.fieldId();
    Long nulls = file.nullValueCounts() == null ? null : file.nullValueCounts().get(id);
    if (nulls == null) {
      return ColumnFacts.UNKNOWN;
    }
    if (nulls == file.recordCount()) {
      return new ColumnFacts(nulls, null, null, true);
    }
    return new ColumnFacts(
        nulls, bound(file.lowerBounds(), column), bound(file.upperBounds(), column), false);
  }

  private static Object bound(Map<Integer, ByteBuffer> bounds, NestedField column) {
    ByteBuffer bytes = bounds == null ? null : bounds.get(column.fieldId());
    return bytes == null ? null : Conversions.fromByteBuffer(column.type(), bytes);
  }

  private static ColumnFacts join(Type type, ColumnFacts one, ColumnFacts other) {
    long nulls = one.nulls() < 0 || other.nulls() < 0 ? -1 : one.nulls() + other.nulls();
    if (one.allNull() || other.allNull()) {
      ColumnFacts some = one.allNull() ? other : one;
      return new ColumnFacts(nulls, some.min(), some.max(), some.allNull());
    }
    Comparator<Object> order = Comparators.forType(type.asPrimitiveType());
    boolean mins = one.min() != null && other.min() != null;
    boolean maxes = one.max() != null && other.max() != null;
    return new ColumnFacts(
        nulls,
        mins ? (order.compare(one.min(), other.min()) <= 0 ? one.min() : other.min()) : null,
        maxes ? (order.compare(one.max(), other.max()) >= 0 ? one.max() : other.max()) : null,
        false);
  }
}
