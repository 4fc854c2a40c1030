package io.orochi.table.kernel.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orochi.table.layout.TableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * How much a whole snapshot holds. What a manifest says never changes, so each is read once and a
 * new snapshot costs only its new manifests.
 */
final class SnapshotTotals {
  private static final int MANIFESTS_KEPT = 10_000;
  private static final List<String> COLUMNS =
      List.of("file_path", "partition", "file_size_in_bytes", "record_count");

  private final Cache<Key, ManifestTotals> manifests =
      Caffeine.newBuilder().maximumSize(MANIFESTS_KEPT).build();

  /** A manifest's cells depend on the layout too, which ALTER TABLE may change. */
  private record Key(String path, TableLayout layout) {}

  private record ManifestTotals(long files, long bytes, Cells cells) {}

  ScanCounts of(Table table, Snapshot snapshot, TableLayout layout) {
    long files = 0;
    long bytes = 0;
    Cells cells = new Cells(layout, table.specs());
    for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
      ManifestTotals totals =
          manifests.get(new Key(manifest.path(), layout), key -> totalsOf(table, manifest, layout));
      files += totals.files;
      bytes += totals.bytes;
      cells.addAll(totals.cells);
    }
    return new ScanCounts(files, bytes, cells.chunks(), cells.shards());
  }

  private static ManifestTotals totalsOf(Table table, ManifestFile manifest, TableLayout layout) {
    long files = 0;
    long bytes = 0;
    Cells cells = new Cells(layout, table.specs());
    try (ManifestReader<DataFile> reader =
        ManifestFiles.read(manifest, table.io(), table.specs()).select(COLUMNS)) {
      for (DataFile file : reader) {
        files++;
        bytes += file.fileSizeInBytes();
        cells.add(file.specId(), file.partition());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ManifestTotals(files, bytes, cells);
  }
}
