package io.orochi.catalog.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.orochi.table.blob.SnapshotBlobs;
import io.orochi.table.digest.Digest;
import io.orochi.table.digest.MetadataDigests;
import io.orochi.table.digest.MetadataFileName;
import io.orochi.table.digest.VerifiedInputFile;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.io.StorageFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;

/**
 * Writes and reads the metadata files of one table. Each new snapshot is written with the digests
 * of its manifest list, its own manifests and its statistics file, whoever made them; the name of
 * the metadata file has the digest of its bytes. So everything between the pointer and the data
 * files can be checked.
 */
final class MetadataFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileIO io;
  private final Function<String, Optional<Digest>> known;
  private final String table;

  /**
   * @param known digests of files that this process wrote
   * @param table named in errors
   */
  MetadataFiles(FileIO io, Function<String, Optional<Digest>> known, String table) {
    this.io = io;
    this.known = known;
    this.table = table;
  }

  /**
   * Publishes nothing.
   *
   * @param base what {@code next} is built on; null for a new table
   * @param folder ends with a slash
   * @param note gets the location before the file is written, and gives it back
   * @return the location of the new file
   */
  String write(
      TableMetadata base,
      TableMetadata next,
      int version,
      String folder,
      UnaryOperator<String> note) {
    String codec =
        next.property(
            TableProperties.METADATA_COMPRESSION, TableProperties.METADATA_COMPRESSION_DEFAULT);
    String extension = TableMetadataParser.getFileExtension(codec);
    try {
      byte[] bytes = encode(stamped(base, next), extension);
      String name =
          MetadataFileName.of(version, UUID.randomUUID().toString(), Digest.of(bytes), extension);
      String location = note.apply(folder + name);
      try (OutputStream out = io.newOutputFile(location).create()) {
        out.write(bytes);
      }
      return location;
    } catch (IOException | UncheckedIOException failed) {
      throw StorageFailure.of("write the metadata of table " + table, failed);
    }
  }

  /**
   * @throws OrochiException METADATA_CORRUPT naming file and table
   */
  TableMetadata read(String location) {
    InputFile file = io.newInputFile(location);
    try {
      Optional<Digest> digest = MetadataFileName.digest(location);
      return digest.isPresent()
          ? TableMetadataParser.read(
              new InMemoryInputFile(
                  location, new VerifiedInputFile(file, digest.get(), table).bytes()))
          : TableMetadataParser.read(file);
    } catch (NotFoundException missing) {
      throw OrochiException.of(
              OrochiErrorCode.METADATA_CORRUPT,
              "Cannot find metadata file " + location + " of table " + table)
          .withHint("Restore the file from a backup; the metadata files beside it are older.")
          .causedBy(missing);
    }
  }

  private static byte[] encode(JsonNode metadata, String extension) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = extension.startsWith(".gz") ? new GZIPOutputStream(bytes) : bytes) {
      out.write(JSON.writeValueAsString(metadata).getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private JsonNode stamped(TableMetadata base, TableMetadata next) throws IOException {
    TokenBuffer tokens = new TokenBuffer(JSON, false);
    TableMetadataParser.toJson(next, tokens);
    JsonNode json = JSON.readTree(tokens.asParser());
    Set<Long> old = new HashSet<>();
    if (base != null) {
      base.snapshots().forEach(snapshot -> old.add(snapshot.snapshotId()));
    }
    for (JsonNode entry : json.path("snapshots")) {
      long id = entry.path("snapshot-id").asLong();
      Snapshot snapshot = old.contains(id) ? null : next.snapshot(id);
      if (snapshot != null
          && snapshot.manifestListLocation() != null
          && entry.path("summary") instanceof ObjectNode summary) {
        summary.put(
            MetadataDigests.KEY,
            MetadataDigests.text(snapshot.manifestListLocation(), digests(snapshot)));
      }
    }
    return json;
  }

  private Map<String, Digest> digests(Snapshot snapshot) throws IOException {
    Map<String, Digest> digests = new HashMap<>(MetadataDigests.of(snapshot));
    Set<String> files = new HashSet<>();
    files.add(snapshot.manifestListLocation());
    for (ManifestFile manifest : snapshot.allManifests(io)) {
      if (Long.valueOf(snapshot.snapshotId()).equals(manifest.snapshotId())) {
        files.add(manifest.path());
      }
    }
    SnapshotBlobs.location(snapshot).ifPresent(files::add);
    for (String file : files) {
      Optional<Digest> written = known.apply(file);
      digests.put(file, written.isPresent() ? written.get() : Digest.of(io.newInputFile(file)));
    }
    return digests;
  }
}
