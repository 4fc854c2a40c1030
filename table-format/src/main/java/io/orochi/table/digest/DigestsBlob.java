package io.orochi.table.digest;

import io.orochi.table.blob.BlobInput;
import io.orochi.table.blob.BlobOutput;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of a commit's digests; SPEC.md fixes the layout. */
public final class DigestsBlob {
  public static final String TYPE = "orochi-digests-v1";

  private DigestsBlob() {}

  /**
   * @param digests by file location
   */
  public static ByteBuffer write(Map<String, Digest> digests) {
    BlobOutput output = new BlobOutput().putInt(digests.size());
    new TreeMap<>(digests)
        .forEach(
            (location, digest) ->
                output
                    .putText(location)
                    .putLong(digest.length())
                    .putLong(digest.high())
                    .putLong(digest.low()));
    return output.finish();
  }

  /**
   * @param source names the blob in errors
   * @throws io.orochi.table.error.OrochiException METADATA_CORRUPT
   */
  public static Map<String, Digest> read(String source, ByteBuffer blob) {
    BlobInput input = new BlobInput(source, blob);
    int count = input.getInt();
    Map<String, Digest> digests = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String location = input.getText();
      long length = input.getLong();
      digests.put(location, new Digest(input.getLong(), input.getLong(), length));
    }
    input.finish();
    return Map.copyOf(digests);
  }
}
