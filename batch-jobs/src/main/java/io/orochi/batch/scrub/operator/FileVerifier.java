package io.orochi.batch.scrub.operator;

import io.orochi.batch.scrub.Finding;
import io.orochi.batch.scrub.ScrubTarget;
import io.orochi.table.integrity.FileCheck;
import io.orochi.table.integrity.Verdict;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.iceberg.Table;

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
    FileCheck check =
        FileCheck.of(
            table, target.location(), target.sizeBytes(), target.digest(), FileCheck.Depth.DIGEST);
    return check.verdict().isDamage()
        ? Finding.damaged(check.verdict(), target.location(), target.sizeBytes(), check.detail())
        : Finding.counted(check.verdict(), 1, target.sizeBytes());
  }
}
