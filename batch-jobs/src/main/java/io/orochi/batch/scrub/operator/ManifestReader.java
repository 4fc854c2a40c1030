package io.orochi.batch.scrub.operator;

import io.orochi.batch.scrub.ScrubTarget;
import io.orochi.table.digest.TableDigests;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Turns the number of a manifest, in the order of the snapshot's manifest list, into the live files
 * that the manifest names. Works on a copy of the table that holds the metadata of one moment, so
 * every task sees the same list.
 */
public final class ManifestReader extends RichFlatMapFunction<Long, ScrubTarget> {
  private static final long serialVersionUID = 1L;

  private final Table table;
  private final long snapshotId;
  private transient List<ManifestFile> manifests;
  private transient TableDigests digests;

  public ManifestReader(Table table, long snapshotId) {
    this.table = table;
    this.snapshotId = snapshotId;
  }

  @Override
  public void open(OpenContext context) {
    manifests = table.snapshot(snapshotId).allManifests(table.io());
    digests = new TableDigests();
  }

  @Override
  public void flatMap(Long number, Collector<ScrubTarget> out) throws IOException {
    ManifestFile manifest = manifests.get(number.intValue());
    try (CloseableIterable<? extends ContentFile<?>> files = files(manifest)) {
      for (ContentFile<?> file : files) {
        out.collect(ScrubTarget.of(file, digests.digestOf(table, file)));
      }
    } catch (NotFoundException e) {
      throw OrochiException.of(
              OrochiErrorCode.METADATA_CORRUPT, "Cannot read manifest: " + manifest.path())
          .withDetail("Table " + table.name() + " names it, but it is not there.")
          .withHint("Restore the file, or roll the table back to a snapshot without it.")
          .causedBy(e);
    }
  }

  private CloseableIterable<? extends ContentFile<?>> files(ManifestFile manifest) {
    return manifest.content() == ManifestContent.DATA
        ? ManifestFiles.read(manifest, table.io(), table.specs())
        : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs());
  }
}
