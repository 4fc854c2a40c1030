package io.orochi.table.integrity;

import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The files of one snapshot as far as its metadata can be read.
 *
 * @param findings what of the metadata cannot be
 */
record SnapshotFiles(List<DataFile> data, List<DeleteFile> deletes, List<TableFinding> findings) {

  static SnapshotFiles of(Table table, Snapshot snapshot) {
    SnapshotFiles files =
        new SnapshotFiles(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<ManifestFile> manifests;
    try {
      manifests = snapshot.allManifests(table.io());
    } catch (RuntimeException e) {
      files.findings.add(unreadable(snapshot.manifestListLocation(), FileRole.MANIFEST_LIST, e));
      return files;
    }
    for (ManifestFile manifest : manifests) {
      files.read(table, manifest);
    }
    return files;
  }

  boolean complete() {
    return findings.stream().noneMatch(TableFinding::isError);
  }

  private void read(Table table, ManifestFile manifest) {
    List<ContentFile<?>> live = new ArrayList<>();
    try (CloseableIterable<? extends ContentFile<?>> entries =
        manifest.content() == ManifestContent.DATA
            ? ManifestFiles.read(manifest, table.io(), table.specs())
            : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
      for (ContentFile<?> entry : entries) {
        live.add((ContentFile<?>) entry.copy());
      }
    } catch (RuntimeException | IOException e) {
      findings.add(unreadable(manifest.path(), FileRole.MANIFEST, e));
      return;
    }
    for (ContentFile<?> file : live) {
      if (file instanceof DataFile one) {
        data.add(one);
      } else {
        deletes.add((DeleteFile) file);
      }
    }
    countEntries(manifest, live.size());
  }

  private void countEntries(ManifestFile manifest, int live) {
    if (manifest.addedFilesCount() == null || manifest.existingFilesCount() == null) {
      return;
    }
    int stated = manifest.addedFilesCount() + manifest.existingFilesCount();
    if (stated != live) {
      findings.add(
          new TableFinding(
              manifest.path(),
              FileRole.MANIFEST,
              TableFinding.Severity.ERROR,
              "It names " + live + " files, its manifest list says " + stated + "."));
    }
  }

  static TableFinding unreadable(String location, FileRole role, Exception cause) {
    String detail =
        OrochiException.findIn(cause)
            .map(OrochiException::detail)
            .filter(text -> text != null && !text.isEmpty())
            .orElse("It cannot be read: " + cause.getMessage());
    return new TableFinding(location, role, TableFinding.Severity.ERROR, detail);
  }
}
