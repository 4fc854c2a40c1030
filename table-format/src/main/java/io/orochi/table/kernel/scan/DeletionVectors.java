package io.orochi.table.kernel.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.ContentFileUtil;

/**
 * The deletion vectors of a snapshot by the path of the file each is of. A manifest is read once.
 * Safe to share between threads.
 */
final class DeletionVectors {
  private static final long FILES_KEPT = 100_000;

  private final Cache<Key, Optional<Map<String, DeleteFile>>> manifests =
      Caffeine.newBuilder()
          .maximumWeight(FILES_KEPT)
          .weigher(
              (Key key, Optional<Map<String, DeleteFile>> files) ->
                  10 + files.map(Map::size).orElse(0))
          .build();

  private record Key(String manifest, int schemaId) {}

  /** Empty if the snapshot has deletes of another kind. */
  Optional<Map<String, DeleteFile>> of(Table table, Snapshot snapshot) {
    Map<String, DeleteFile> all = new HashMap<>();
    List<ManifestFile> deletes = snapshot.deleteManifests(table.io());
    for (ManifestFile manifest : deletes) {
      Optional<Map<String, DeleteFile>> vectors =
          manifests.get(
              new Key(manifest.path(), table.schema().schemaId()), key -> read(table, manifest));
      if (vectors.isEmpty()) {
        return Optional.empty();
      }
      int before = all.size();
      all.putAll(vectors.get());
      if (all.size() != before + vectors.get().size()) {
        return Optional.empty();
      }
    }
    return Optional.of(all);
  }

  private static Optional<Map<String, DeleteFile>> read(Table table, ManifestFile manifest) {
    Map<String, DeleteFile> vectors = new HashMap<>();
    try (ManifestReader<DeleteFile> files =
        ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
      for (DeleteFile file : files) {
        if (!ContentFileUtil.isDV(file)
            || vectors.put(file.referencedDataFile(), file.copyWithoutStats()) != null) {
          return Optional.empty();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(vectors);
  }
}
