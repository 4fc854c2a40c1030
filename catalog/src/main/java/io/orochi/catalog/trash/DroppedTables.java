package io.orochi.catalog.trash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orochi.catalog.metastore.Metastore;
import io.orochi.catalog.metastore.MetastoreChange;
import io.orochi.catalog.metastore.MetastoreEntry;
import io.orochi.catalog.metastore.MetastoreKey;
import io.orochi.catalog.metastore.MetastoreKey.Space;
import io.orochi.catalog.metastore.SwapOutcome;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Remembers dropped tables in the metastore. A table goes there, and comes back, in one
 * compare-and-set with its pointer, so it is never in both places and never in none.
 */
public final class DroppedTables {
  private static final String KIND = "dropped-table";
  private static final String EXISTS = "exists";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Comparator<DroppedTable> NEWEST_FIRST =
      Comparator.comparing(DroppedTable::droppedAt).reversed();

  private final Metastore metastore;
  private final Clock clock;

  public DroppedTables(Metastore metastore, Clock clock) {
    this.metastore = metastore;
    this.clock = clock;
  }

  /**
   * The change that remembers a table, to be applied together with the removal of its pointer.
   *
   * @param keepFor how long it can come back
   */
  public MetastoreChange remember(
      String namespace, String name, String metadataLocation, Duration keepFor) {
    Instant now = clock.instant();
    DroppedTable dropped =
        new DroppedTable(
            UUID.randomUUID().toString(),
            namespace,
            name,
            metadataLocation,
            now,
            now.plus(keepFor));
    return new MetastoreChange.Create(key(dropped), toJson(dropped));
  }

  /** The newest first. */
  public List<DroppedTable> all() {
    return metastore.list(Space.RECORD, KIND).stream()
        .map(DroppedTables::fromJson)
        .sorted(NEWEST_FIRST)
        .toList();
  }

  /** The one of this name that was dropped last. */
  public Optional<DroppedTable> newest(String namespace, String name) {
    return all().stream()
        .filter(one -> one.namespace().equals(namespace) && one.name().equals(name))
        .findFirst();
  }

  /**
   * Brings a table back under a name that is free.
   *
   * @throws OrochiException RELATION_ALREADY_EXISTS, or RELATION_NOT_FOUND if it has come back or
   *     was purged meanwhile, or its database is gone; nothing was changed
   */
  public void restore(DroppedTable dropped, String newName) {
    MetastoreKey target = MetastoreKey.table(dropped.namespace(), newName);
    MetastoreKey database = MetastoreKey.namespaceProperty(dropped.namespace(), EXISTS);
    if (metastore.get(MetastoreKey.view(dropped.namespace(), newName)).isPresent()) {
      throw taken(dropped, newName);
    }
    String exists =
        metastore
            .get(database)
            .orElseThrow(
                () ->
                    OrochiException.of(
                            OrochiErrorCode.RELATION_NOT_FOUND,
                            "Cannot find database: " + dropped.namespace())
                        .withHint("CREATE DATABASE " + dropped.namespace() + " first."));
    SwapOutcome outcome =
        metastore.compareAndSet(
            List.of(
                new MetastoreChange.Delete(key(dropped), toJson(dropped)),
                new MetastoreChange.Create(target, dropped.metadataLocation()),
                new MetastoreChange.Replace(database, exists, exists)));
    if (outcome instanceof SwapOutcome.Mismatched mismatched) {
      throw mismatched.key().equals(target) ? taken(dropped, newName) : gone(dropped);
    }
    requireKnown(outcome, dropped);
  }

  /**
   * Forgets a table; its files are the caller's to delete afterwards.
   *
   * @return false if it has come back or was purged meanwhile: its files must stay
   */
  public boolean forget(DroppedTable dropped) {
    SwapOutcome outcome =
        metastore.compareAndSet(List.of(new MetastoreChange.Delete(key(dropped), toJson(dropped))));
    requireKnown(outcome, dropped);
    return outcome instanceof SwapOutcome.Applied;
  }

  private static void requireKnown(SwapOutcome outcome, DroppedTable dropped) {
    if (outcome instanceof SwapOutcome.Unknown unknown) {
      throw OrochiException.of(
              OrochiErrorCode.COMMIT_STATE_UNKNOWN,
              "Cannot tell whether the change was stored: " + dropped)
          .withHint("Look with SELECT * FROM info.dropped_tables, and try again.")
          .causedBy(unknown.cause());
    }
  }

  private static OrochiException taken(DroppedTable dropped, String name) {
    return OrochiException.of(
            OrochiErrorCode.RELATION_ALREADY_EXISTS,
            "Cannot bring back " + dropped + ": " + name + " exists")
        .withHint("Pass new_name => '…', or rename the table that is there.");
  }

  private static OrochiException gone(DroppedTable dropped) {
    return OrochiException.of(OrochiErrorCode.RELATION_NOT_FOUND, "Cannot bring back " + dropped)
        .withDetail("It has come back, or was purged, a moment ago.")
        .withHint("SELECT * FROM info.dropped_tables lists what is left.");
  }

  private static MetastoreKey key(DroppedTable dropped) {
    return MetastoreKey.record(KIND, dropped.id());
  }

  private static String toJson(DroppedTable dropped) {
    return JSON.createObjectNode()
        .put("namespace", dropped.namespace())
        .put("name", dropped.name())
        .put("metadata_location", dropped.metadataLocation())
        .put("dropped_at", dropped.droppedAt().toString())
        .put("keep_until", dropped.keepUntil().toString())
        .toString();
  }

  private static DroppedTable fromJson(MetastoreEntry entry) {
    try {
      JsonNode json = JSON.readTree(entry.value());
      return new DroppedTable(
          entry.key().name(),
          json.get("namespace").asText(),
          json.get("name").asText(),
          json.get("metadata_location").asText(),
          Instant.parse(json.get("dropped_at").asText()),
          Instant.parse(json.get("keep_until").asText()));
    } catch (JsonProcessingException e) {
      throw OrochiException.of(
              OrochiErrorCode.METADATA_CORRUPT, "Cannot read the record of a dropped table")
          .withDetail("Metastore record " + entry.key())
          .causedBy(e);
    }
  }
}
