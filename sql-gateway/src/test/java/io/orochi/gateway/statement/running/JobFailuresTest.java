package io.orochi.gateway.statement.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.time.format.DateTimeParseException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.table.api.TableRuntimeException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class JobFailuresTest {
  @Test
  void whatAValueDidIsItsUsersToMend() {
    assertThat(told(new ArithmeticException("/ by zero")))
        .hasMessageStartingWith("OROCHI-1404: Cannot compute a value: division by zero\nHINT: ");
    assertThat(told(new SerializedThrowable(new NumberFormatException("For input string: 'x'"))))
        .hasMessageStartingWith(
            "OROCHI-1405: Cannot convert a value\nDETAIL: For input string: 'x'\nHINT: TRY_CAST");
    assertThat(told(new DateTimeParseException("Text 'x' could not be parsed", "x", 0)))
        .hasMessageStartingWith("OROCHI-1405: Cannot convert a value\nDETAIL: Text 'x'");
    assertThat(told(new TableRuntimeException("Cannot parse 'x' as BOOLEAN.")))
        .hasMessageStartingWith("OROCHI-1405: Cannot convert a value\nDETAIL: Cannot parse 'x'");
    assertThat(told(new TableRuntimeException("SingleValueAgg received more than one element.")))
        .hasMessageStartingWith("OROCHI-1411: Cannot use a subquery of several rows as a value");
  }

  @Test
  void anythingElseIsAFailedJob() {
    assertThat(told(new IllegalStateException("broken")))
        .hasMessage(
            "OROCHI-7008: The Flink job failed\nDETAIL: broken\n"
                + "HINT: The server's log has the whole story.");
  }

  @Test
  void aHeapThatIsUsedUpIsNamed() {
    assertThat(told(new SerializedThrowable(new OutOfMemoryError("Java heap space"))))
        .hasMessageStartingWith(
            "OROCHI-7016: Cannot run the statement: the server's Java heap is used up\n"
                + "DETAIL: Java heap space\nHINT: ");
  }

  @Test
  void rowsThatDoNotArriveAreAFailedJobAndNoErrorOfTheText() {
    Throwable lost = new IOException("Job terminated abnormally, no result can be fetched");
    assertThat(JobFailures.ofJob(new RuntimeException("Failed to fetch next result", lost)))
        .hasMessage(
            "OROCHI-7008: The Flink job failed\n"
                + "DETAIL: Job terminated abnormally, no result can be fetched\n"
                + "HINT: The server's log has the whole story.");
  }

  @Test
  void noStackTraceIsTold() {
    assertThat(told(new IllegalStateException("java.io.IOException: lost\n\tat a.B.c(B.java:1)")))
        .hasMessage(
            "OROCHI-7008: The Flink job failed\nDETAIL: java.io.IOException: lost\n"
                + "HINT: The server's log has the whole story.");
    assertThat(told(new SerializedThrowable(new NullPointerException())))
        .hasMessageContaining("DETAIL: NullPointerException\n");
  }

  @Test
  void aCodedErrorThatWasPackedIsUnpacked() {
    OrochiException coded =
        OrochiException.of(OrochiErrorCode.DATA_FILE_CORRUPT, "Cannot read the file f");
    assertThat(told(new SerializedThrowable(coded))).hasMessage(coded.getMessage());
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
