package io.orochi.gateway.cli.doctor;

import io.orochi.gateway.config.ServerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;

/** A remote warehouse must take an object, give it back and delete it. */
record WarehouseCheck(ServerConfig config) implements Check {
  private static final String S3_FILE_IO = "org.apache.iceberg.aws.s3.S3FileIO";

  @Override
  public String name() {
    return "warehouse";
  }

  @Override
  public Finding look() throws IOException {
    String warehouse = config.storage().warehouse();
    if (!warehouse.startsWith("s3")) {
      return new Finding.Fine(warehouse.isEmpty() ? "in the data folder" : warehouse);
    }
    String object = warehouse + "/.orochi-doctor-" + UUID.randomUUID();
    byte[] written = object.getBytes(StandardCharsets.UTF_8);
    try (FileIO io = CatalogUtil.loadFileIO(S3_FILE_IO, config.storage().properties(), null)) {
      try (PositionOutputStream out = io.newOutputFile(object).create()) {
        out.write(written);
      }
      byte[] read;
      try (SeekableInputStream in = io.newInputFile(object).newStream()) {
        read = in.readAllBytes();
      }
      io.deleteFile(object);
      return Arrays.equals(written, read)
          ? new Finding.Fine(warehouse + " takes, gives back and deletes objects")
          : new Finding.Trouble(
              warehouse + " gave back other bytes than were written",
              "Check what stands between this machine and the store.");
    } catch (RuntimeException e) {
      return new Finding.Trouble(
          warehouse + ": " + e.getMessage(),
          "Check catalog.s3.* in the configuration, the bucket and the network.");
    }
  }
}
