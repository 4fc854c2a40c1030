package io.orochi.table.commit;

import io.orochi.table.blob.BlobInput;
import io.orochi.table.blob.BlobOutput;
import io.orochi.table.blob.SnapshotBlobs;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.io.FileIO;

/** The bytes of a source position; SPEC.md fixes the layout. */
final class PositionBlob {
  static final String TYPE = "orochi-position-v1";

  private PositionBlob() {}

  static ByteBuffer write(SourcePosition position) {
    BlobOutput output =
        new BlobOutput()
            .putText(position.writer())
            .putLong(position.sequence())
            .putInt(position.splits().size());
    new TreeMap<>(position.splits())
        .forEach((split, offset) -> output.putText(split).putText(offset));
    return output.finish();
  }

  /**
   * The position of one writer in a statistics file.
   *
   * @throws OrochiException METADATA_CORRUPT, STORAGE_UNAVAILABLE
   */
  static SourcePosition find(FileIO io, String location, String writer) {
    return SnapshotBlobs.read(io, location, TYPE, Map.of("writer", writer))
        .map(blob -> read("position in " + location, blob))
        .orElseThrow(
            () ->
                OrochiException.of(
                        OrochiErrorCode.METADATA_CORRUPT, "Cannot find a position in " + location)
                    .withDetail("The file lacks the blob " + TYPE + " of writer " + writer + ".")
                    .withHint("Restore the file from a backup."));
  }

  static SourcePosition read(String source, ByteBuffer blob) {
    BlobInput input = new BlobInput(source, blob);
    String writer = input.getText();
    long sequence = input.getLong();
    int count = input.getInt();
    Map<String, String> splits = new HashMap<>();
    for (int i = 0; i < count; i++) {
      splits.put(input.getText(), input.getText());
    }
    input.finish();
    return new SourcePosition(writer, sequence, splits);
  }
}
