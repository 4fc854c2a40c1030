package io.orochi.gateway.statement.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class JobFailuresTest {
  @Test
  void whatAValueDidIsItsUsersToMend() {
    assertThat(told(new ArithmeticException("/ by zero")))
        .hasMessageStartingWith("OROCHI-1404: Cannot compute a value: / by zero\nHINT: ");
    assertThat(told(new SerializedThrowable(new NumberFormatException("For input string: 'x'"))))
        .hasMessageStartingWith(
            "OROCHI-1405: Cannot convert a value: For input string: 'x'\nHINT: TRY_CAST");
  }

  @Test
  void anythingElseIsAFailedJob() {
    assertThat(told(new IllegalStateException("broken")))
        .hasMessage(
            "OROCHI-7008: The Flink job failed\nDETAIL: broken\n"
                + "HINT: The server's log has the whole story.");
  }

  @Test
  void aCodedErrorComesThroughAsItIs() {
    OrochiException coded =
        OrochiException.of(OrochiErrorCode.DATA_FILE_CORRUPT, "Cannot read the file f");
    assertThat(told(coded)).isSameAs(coded);
  }

  private static OrochiException told(Throwable cause) {
    return JobFailures.translate(new JobExecutionException(new JobID(), "failed", cause), "");
  }
}
