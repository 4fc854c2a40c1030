package io.orochi.table.commit;

import io.orochi.table.digest.Digest;
import io.orochi.table.digest.DigestsBlob;
import io.orochi.table.io.DurableFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.GenericBlobMetadata;
import org.apache.iceberg.GenericStatisticsFile;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.puffin.Blob;
import org.apache.iceberg.puffin.Puffin;
import org.apache.iceberg.puffin.PuffinCompressionCodec;
import org.apache.iceberg.puffin.PuffinWriter;

/** The Puffin file of one snapshot: source positions and the digests of files. */
final class SnapshotStatistics {
  private static final long SEQUENCE_NUMBER_UNKNOWN = -1;

  private final List<SourcePosition> positions;
  private final Map<String, Digest> digests;

  SnapshotStatistics(List<SourcePosition> positions, Map<String, Digest> digests) {
    this.positions = positions;
    this.digests = digests;
  }

  /** The file is durable when this returns. */
  StatisticsFile write(FileIO io, String location, long snapshotId) {
    try (PuffinWriter writer =
        Puffin.write(DurableFileIO.around(io).newOutputFile(location))
            .createdBy("Orochi")
            .build()) {
      positions.forEach(position -> writer.add(blob(position, snapshotId)));
      writer.add(
          blob(
              DigestsBlob.TYPE,
              DigestsBlob.write(digests),
              snapshotId,
              Map.of("count", Integer.toString(digests.size()))));
      writer.finish();
      return new GenericStatisticsFile(
          snapshotId,
          location,
          writer.fileSize(),
          writer.footerSize(),
          GenericBlobMetadata.from(writer.writtenBlobsMetadata()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Blob blob(SourcePosition position, long snapshotId) {
    return blob(
        PositionBlob.TYPE,
        PositionBlob.write(position),
        snapshotId,
        Map.of("writer", position.writer(), "sequence", Long.toString(position.sequence())));
  }

  private static Blob blob(
      String type, ByteBuffer bytes, long snapshotId, Map<String, String> properties) {
    return new Blob(
        type,
        List.of(),
        snapshotId,
        SEQUENCE_NUMBER_UNKNOWN,
        bytes,
        PuffinCompressionCodec.NONE,
        properties);
  }
}
