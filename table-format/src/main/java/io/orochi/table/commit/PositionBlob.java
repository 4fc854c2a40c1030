package io.orochi.table.commit;

import io.orochi.table.blob.BlobInput;
import io.orochi.table.blob.BlobOutput;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

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
