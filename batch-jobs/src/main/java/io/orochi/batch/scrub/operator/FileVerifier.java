package io.orochi.batch.scrub.operator;

import io.orochi.batch.scrub.Finding;
import io.orochi.batch.scrub.ScrubTarget;
import io.orochi.batch.scrub.Verdict;
import io.orochi.table.digest.Digest;
import io.orochi.table.digest.TableDigests;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.InputFile;

/**
 * Reads each file once and compares it with its digest. A damaged file is reported at once, the
 * others as totals at the end of input. All targets of one location must come to one task: several
 * deletion vectors share a file.
 */
public final class FileVerifier extends AbstractStreamOperator<Finding>
    implements OneInputStreamOperator<ScrubTarget, Finding>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final Table table;
  private transient Set<String> seen;
  private transient Map<Verdict, long[]> totals;

  public FileVerifier(Table table) {
    this.table = table;
  }

  @Override
  public void open() {
    seen = new HashSet<>();
    totals = new EnumMap<>(Verdict.class);
  }

  @Override
  public void processElement(StreamRecord<ScrubTarget> element) {
    ScrubTarget target = element.getValue();
    if (!seen.add(target.location())) {
      return;
    }
    Finding finding = examine(target);
    if (finding.kind().isDamage()) {
      output.collect(new StreamRecord<>(finding));
    } else {
      long[] total = totals.computeIfAbsent(finding.kind(), verdict -> new long[2]);
      total[0] += finding.files();
      total[1] += finding.bytes();
    }
  }

  @Override
  public void endInput() {
    totals.forEach(
        (verdict, total) ->
            output.collect(new StreamRecord<>(Finding.counted(verdict, total[0], total[1]))));
  }

  private Finding examine(ScrubTarget target) {
    try {
      InputFile file = table.io().newInputFile(target.location());
      long size = file.getLength();
      if (size != target.sizeBytes()) {
        String detail = "has " + size + " bytes, committed with " + target.sizeBytes();
        return damaged(Verdict.CORRUPT, target, detail);
      }
      Optional<Digest> digest = target.digest();
      digest.ifPresent(expected -> TableDigests.verify(table.name(), file, expected));
      Verdict verdict = digest.isPresent() ? Verdict.VERIFIED : Verdict.UNVERIFIED;
      return Finding.counted(verdict, 1, size);
    } catch (NotFoundException e) {
      return damaged(Verdict.MISSING, target, "there is no such file");
    } catch (RuntimeIOException e) {
      return damaged(Verdict.CORRUPT, target, "cannot be read: " + e.getMessage());
    } catch (OrochiException e) {
      if (e.code() == OrochiErrorCode.DATA_FILE_MISSING) {
        return damaged(Verdict.MISSING, target, "there is no such file");
      }
      if (e.code() == OrochiErrorCode.DATA_FILE_CORRUPT) {
        return damaged(Verdict.CORRUPT, target, e.detail());
      }
      throw e;
    }
  }

  private static Finding damaged(Verdict verdict, ScrubTarget target, String detail) {
    return Finding.damaged(verdict, target.location(), target.sizeBytes(), detail);
  }
}
