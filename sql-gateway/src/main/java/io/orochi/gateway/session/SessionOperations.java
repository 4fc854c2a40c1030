package io.orochi.gateway.session;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.gateway.api.utils.SqlGatewayException;
import org.apache.flink.table.gateway.service.operation.OperationManager;
import org.apache.flink.table.gateway.service.result.ResultFetcher;

/**
 * A session's operations over REST, one at a time. Flink lets a second one wait for the first on
 * the thread that took the request, and those few threads serve every client, cancels included; so
 * it is refused.
 */
final class SessionOperations extends OperationManager {
  private OperationHandle last;

  SessionOperations(ExecutorService threads) {
    super(threads);
  }

  /**
   * @throws OrochiException TOO_MANY_STATEMENTS while another runs
   */
  @Override
  public synchronized OperationHandle submitOperation(
      Function<OperationHandle, ResultFetcher> statement) {
    if (last != null && isRunning(last)) {
      throw OrochiException.of(
              OrochiErrorCode.TOO_MANY_STATEMENTS,
              "Cannot run a second statement in a session at once")
          .withDetail("Operation " + last.getIdentifier() + " has not ended.")
          .withHint("Wait for it, cancel it, or open another session.");
    }
    last = super.submitOperation(statement);
    return last;
  }

  private boolean isRunning(OperationHandle operation) {
    try {
      return !getOperationInfo(operation).getStatus().isTerminalStatus();
    } catch (SqlGatewayException closed) {
      return false;
    }
  }
}
