package io.orochi.gateway.transaction;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Locale;
import org.apache.flink.table.operations.DescribeTableOperation;
import org.apache.flink.table.operations.ExplainOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.table.operations.ShowOperation;
import org.apache.flink.table.operations.UseOperation;
import org.apache.flink.table.operations.command.ResetOperation;
import org.apache.flink.table.operations.command.SetOperation;

/** What may run between BEGIN and COMMIT. */
public final class InTransaction {
  private InTransaction() {}

  /**
   * For statements that neither query nor change rows.
   *
   * @throws OrochiException NOT_IN_A_TRANSACTION for DDL and CALL, which take effect at once
   */
  public static void check(Operation operation, String sql) {
    boolean allowed =
        operation instanceof QueryOperation
            || operation instanceof ShowOperation
            || operation instanceof DescribeTableOperation
            || operation instanceof ExplainOperation
            || operation instanceof UseOperation
            || operation instanceof SetOperation
            || operation instanceof ResetOperation;
    if (!allowed) {
      throw OrochiException.of(
              OrochiErrorCode.NOT_IN_A_TRANSACTION,
              "Cannot run " + firstWord(sql) + " inside a transaction")
          .withDetail("It would take effect at once and could not be rolled back.")
          .withHint("COMMIT or ROLLBACK first.");
    }
  }

  /**
   * Of a statement that would run on Flink, whose jobs see and write committed tables only.
   *
   * @param reason one line
   */
  public static OrochiException needsFlink(String sql, String reason) {
    return OrochiException.of(
            OrochiErrorCode.NOT_IN_A_TRANSACTION,
            "Cannot run this " + firstWord(sql) + " inside a transaction")
        .withDetail("It would run on Flink, outside the transaction: " + reason + ".")
        .withHint(
            "Run it before BEGIN or after COMMIT, or write it so that the kernel can run it.");
  }

  private static String firstWord(String sql) {
    return Words.of(sql).stream().findFirst().orElse("this").toUpperCase(Locale.ROOT);
  }
}
