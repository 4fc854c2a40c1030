package io.orochi.table.commit;

import io.orochi.table.digest.Digest;
import io.orochi.table.digest.DigestsBlob;
import io.orochi.table.io.DurableFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.GenericBlobMetadata;
import org.apache.iceberg.GenericStatisticsFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.puffin.Blob;
import org.apache.iceberg.puffin.Puffin;
import org.apache.iceberg.puffin.PuffinCompressionCodec;
import org.apache.iceberg.puffin.PuffinWriter;
import org.apache.iceberg.util.ContentFileUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a commit, with everything written but the pointer to it. The Puffin file is
 * written after the snapshot has its id and before the swap; the summary names it.
 */
final class StagedCommit {
  private static final Logger LOG = LoggerFactory.getLogger(StagedCommit.class);

  /** What Iceberg puts where the sequence number of a snapshot is not known yet. */
  private static final long SEQUENCE_NUMBER_UNKNOWN = -1;

  private final Transaction transaction;
  private final FileIO io;
  private final String statisticsLocation;
  private final SourcePosition merged;
  private long snapshotId;

  /**
   * Writes nothing yet.
   *
   * @param merged the position to publish, with the offsets of all splits
   */
  StagedCommit(Transaction transaction, SourcePosition merged) {
    this.transaction = transaction;
    this.merged = merged;
    this.io = DurableFileIO.around(transaction.table().io());
    this.statisticsLocation =
        ((HasTableOperations) transaction.table())
            .operations()
            .metadataFileLocation("orochi-" + UUID.randomUUID() + ".puffin");
  }

  WriterHistory.Published published() {
    return new WriterHistory.Published(snapshotId, merged.sequence(), statisticsLocation);
  }

  /**
   * Writes manifests and statistics. After a failure nothing is published.
   *
   * @param validator sees the history that each try of the swap builds on
   */
  void write(CommitRequest request, Instant now, SnapshotAncestryValidator validator) {
    SnapshotUpdate<?> update =
        request.deleteFiles().isEmpty() ? append(request) : rowDelta(request);
    new CommitSummary(merged.writer(), merged.sequence(), statisticsLocation, now)
        .properties()
        .forEach(update::set);
    update.validateWith(validator);
    update.commit();
    snapshotId = transaction.table().currentSnapshot().snapshotId();
    transaction.updateStatistics().setStatistics(writeStatistics(digests(request))).commit();
  }

  void swap() {
    transaction.commitTransaction();
  }

  /**
   * Deletes the Puffin file, which Iceberg does not know of; call it only if nothing was published.
   */
  void discard() {
    try {
      io.deleteFile(statisticsLocation);
    } catch (NotFoundException neverWritten) {
      LOG.debug("{} was not written", statisticsLocation);
    } catch (RuntimeException stillThere) {
      LOG.warn("Cannot delete {}; orphan removal will", statisticsLocation, stillThere);
    }
  }

  private AppendFiles append(CommitRequest request) {
    AppendFiles append = transaction.newAppend();
    request.dataFiles().forEach(append::appendFile);
    return append;
  }

  private RowDelta rowDelta(CommitRequest request) {
    RowDelta delta = transaction.newRowDelta();
    request.dataFiles().forEach(delta::addRows);
    request.deleteFiles().forEach(delta::addDeletes);
    Set<CharSequence> referenced = new HashSet<>();
    for (DeleteFile file : request.deleteFiles()) {
      String dataFile = ContentFileUtil.referencedDataFileLocation(file);
      if (dataFile != null) {
        referenced.add(dataFile);
      }
    }
    request.dataFiles().forEach(file -> referenced.remove(file.location()));
    if (!referenced.isEmpty()) {
      delta.validateDataFilesExist(referenced).validateDeletedFiles();
    }
    return delta;
  }

  private static Map<String, Digest> digests(CommitRequest request) {
    Map<String, Digest> digests = new HashMap<>();
    Stream.concat(request.dataFiles().stream(), request.deleteFiles().stream())
        .map(ContentFile::location)
        .forEach(
            location ->
                digests.computeIfAbsent(location, unused -> request.digests().get(location)));
    return digests;
  }

  private StatisticsFile writeStatistics(Map<String, Digest> digests) {
    try (PuffinWriter writer =
        Puffin.write(io.newOutputFile(statisticsLocation)).createdBy("Orochi").build()) {
      writer.add(
          blob(
              PositionBlob.TYPE,
              PositionBlob.write(merged),
              Map.of("writer", merged.writer(), "sequence", Long.toString(merged.sequence()))));
      writer.add(
          blob(
              DigestsBlob.TYPE,
              DigestsBlob.write(digests),
              Map.of("count", Integer.toString(digests.size()))));
      writer.finish();
      return new GenericStatisticsFile(
          snapshotId,
          statisticsLocation,
          writer.fileSize(),
          writer.footerSize(),
          GenericBlobMetadata.from(writer.writtenBlobsMetadata()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Blob blob(String type, ByteBuffer bytes, Map<String, String> properties) {
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
