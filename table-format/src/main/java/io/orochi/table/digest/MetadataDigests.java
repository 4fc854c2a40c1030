package io.orochi.table.digest;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;

/**
 * The digests of manifest lists, manifests and statistics files that the summaries of a table's
 * snapshots state. Immutable.
 */
public final class MetadataDigests implements Serializable {
  /** The key in a snapshot's summary. */
  public static final String KEY = "orochi.metadata-digests";

  public static final MetadataDigests NONE = new MetadataDigests(Map.of());

  private static final long serialVersionUID = 1L;

  private final HashMap<String, Digest> byLocation;

  private MetadataDigests(Map<String, Digest> byLocation) {
    this.byLocation = new HashMap<>(byLocation);
  }

  /**
   * @throws OrochiException METADATA_CORRUPT if a summary cannot be read
   */
  public static MetadataDigests of(Iterable<Snapshot> snapshots) {
    Map<String, Digest> all = new HashMap<>();
    snapshots.forEach(snapshot -> all.putAll(of(snapshot)));
    return new MetadataDigests(all);
  }

  /** What one snapshot states, by location. */
  public static Map<String, Digest> of(Snapshot snapshot) {
    String text = snapshot.summary() == null ? null : snapshot.summary().get(KEY);
    Map<String, Digest> digests = new HashMap<>();
    if (text != null) {
      String folder = folder(snapshot.manifestListLocation());
      text.lines().forEach(line -> readLine(line, folder, snapshot.snapshotId(), digests));
    }
    return digests;
  }

  /**
   * The value of {@link #KEY}.
   *
   * @param manifestList the location of the snapshot's manifest list, null if it has none
   */
  public static String text(String manifestList, Map<String, Digest> digests) {
    String folder = folder(manifestList);
    StringBuilder text = new StringBuilder();
    new TreeMap<>(digests)
        .forEach(
            (location, digest) -> {
              boolean beside =
                  !folder.isEmpty()
                      && location.startsWith(folder)
                      && location.indexOf('/', folder.length()) < 0;
              text.append(text.isEmpty() ? "" : "\n")
                  .append(digest)
                  .append(' ')
                  .append(beside ? location.substring(folder.length()) : location);
            });
    return text.toString();
  }

  /** Empty for a file that no snapshot states. */
  public Optional<Digest> of(String location) {
    return Optional.ofNullable(byLocation.get(location));
  }

  private static void readLine(
      String line, String folder, long snapshotId, Map<String, Digest> into) {
    int space = line.indexOf(' ');
    Optional<Digest> digest = space < 0 ? Optional.empty() : Digest.parse(line.substring(0, space));
    if (digest.isEmpty()) {
      throw OrochiException.of(
              OrochiErrorCode.METADATA_CORRUPT, "Cannot read the summary of snapshot " + snapshotId)
          .withDetail("Under " + KEY + " it has a line that is not a digest: " + line)
          .withHint("Roll the table back to the snapshot before it.");
    }
    String name = line.substring(space + 1);
    into.put(name.indexOf('/') < 0 ? folder + name : name, digest.get());
  }

  private static String folder(String location) {
    return location == null ? "" : location.substring(0, location.lastIndexOf('/') + 1);
  }
}
