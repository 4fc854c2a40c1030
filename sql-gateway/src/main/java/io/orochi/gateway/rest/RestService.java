package io.orochi.gateway.rest;

import io.orochi.gateway.plan.error.SqlErrors;
import io.orochi.gateway.session.Sessions;
import io.orochi.gateway.statement.running.Statements;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.gateway.api.endpoint.EndpointVersion;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.gateway.api.operation.OperationStatus;
import org.apache.flink.table.gateway.api.results.FetchOrientation;
import org.apache.flink.table.gateway.api.results.OperationInfo;
import org.apache.flink.table.gateway.api.results.ResultSet;
import org.apache.flink.table.gateway.api.session.SessionEnvironment;
import org.apache.flink.table.gateway.api.session.SessionHandle;
import org.apache.flink.table.gateway.service.SqlGatewayServiceImpl;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flink's gateway service over our sessions: cancels reach the engines, failures are coded. */
final class RestService extends SqlGatewayServiceImpl {
  private static final Logger LOG = LoggerFactory.getLogger(RestService.class);

  private final Statements statements;

  RestService(Sessions sessions, Statements statements) {
    super(sessions);
    this.statements = statements;
  }

  @Override
  public SessionHandle openSession(SessionEnvironment environment) {
    return coded(() -> super.openSession(environment));
  }

  @Override
  public void closeSession(SessionHandle session) {
    coded(
        () -> {
          super.closeSession(session);
          return null;
        });
  }

  @Override
  public void configureSession(SessionHandle session, String statement, long timeoutMillis) {
    coded(
        () -> {
          // Their clients send 0 or a timeout; Flink's service takes 0 only.
          super.configureSession(session, statement, 0);
          return null;
        });
  }

  @Override
  public Map<String, String> getSessionConfig(SessionHandle session) {
    return coded(() -> super.getSessionConfig(session));
  }

  @Override
  public EndpointVersion getSessionEndpointVersion(SessionHandle session) {
    return coded(() -> super.getSessionEndpointVersion(session));
  }

  @Override
  public OperationHandle executeStatement(
      SessionHandle session, String statement, long timeoutMillis, Configuration configuration) {
    return coded(() -> super.executeStatement(session, statement, 0, configuration));
  }

  @Override
  public ResultSet fetchResults(
      SessionHandle session, OperationHandle operation, long token, int maxRows) {
    return ofOperation(
        session, operation, () -> super.fetchResults(session, operation, token, maxRows));
  }

  @Override
  public ResultSet fetchResults(
      SessionHandle session, OperationHandle operation, FetchOrientation orientation, int maxRows) {
    return ofOperation(
        session, operation, () -> super.fetchResults(session, operation, orientation, maxRows));
  }

  @Override
  public ResolvedSchema getOperationResultSchema(SessionHandle session, OperationHandle operation) {
    return ofOperation(
        session, operation, () -> super.getOperationResultSchema(session, operation));
  }

  @Override
  public OperationInfo getOperationInfo(SessionHandle session, OperationHandle operation) {
    return ofOperation(session, operation, () -> super.getOperationInfo(session, operation));
  }

  /** An operation that has ended, perhaps because of this cancel, stays as it is. */
  @Override
  public void cancelOperation(SessionHandle session, OperationHandle operation) {
    ofOperation(
        session,
        operation,
        () -> {
          statements.cancel(operation);
          cancelUnlessEnded(session, operation);
          return null;
        });
  }

  /** Flink refuses to cancel what has ended, which the statement may do at any moment. */
  private void cancelUnlessEnded(SessionHandle session, OperationHandle operation) {
    if (hasEnded(session, operation)) {
      return;
    }
    try {
      super.cancelOperation(session, operation);
    } catch (RuntimeException failure) {
      if (!hasEnded(session, operation)) {
        throw failure;
      }
    }
  }

  private boolean hasEnded(SessionHandle session, OperationHandle operation) {
    return super.getOperationInfo(session, operation).getStatus().isTerminalStatus();
  }

  @Override
  public void closeOperation(SessionHandle session, OperationHandle operation) {
    ofOperation(
        session,
        operation,
        () -> {
          statements.cancel(operation);
          super.closeOperation(session, operation);
          return null;
        });
  }

  @Override
  public List<String> completeStatement(SessionHandle session, String statement, int position) {
    return coded(() -> super.completeStatement(session, statement, position));
  }

  /**
   * What Flink says of an operation that is not there, or not in a state to answer, is not coded.
   */
  private <T> T ofOperation(SessionHandle session, OperationHandle operation, Supplier<T> call) {
    return coded(
        () -> {
          try {
            return call.get();
          } catch (RuntimeException failure) {
            if (OrochiException.findIn(failure).isPresent()) {
              throw failure;
            }
            throw isCancelled(session, operation)
                ? Statements.cancelled()
                : OrochiException.of(
                        OrochiErrorCode.INVALID_ARGUMENT,
                        "Cannot answer for operation " + operation.getIdentifier())
                    .withDetail(rootMessage(failure))
                    .withHint("It may have been closed.")
                    .causedBy(failure);
          }
        });
  }

  private boolean isCancelled(SessionHandle session, OperationHandle operation) {
    try {
      return super.getOperationInfo(session, operation).getStatus() == OperationStatus.CANCELED;
    } catch (RuntimeException unknown) {
      return false;
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static <T> T coded(Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException failure) {
      OrochiException coded = translate(failure);
      if (coded.code().type().needsAnOperator()) {
        LOG.warn("Told to a REST client", failure);
      } else {
        LOG.debug("Told to a REST client: {}", coded.summary());
      }
      throw new RestFailure(coded);
    }
  }

  private static OrochiException translate(RuntimeException failure) {
    return OrochiException.findIn(failure)
        .orElseGet(
            () ->
                ExceptionUtils.findThrowable(failure, RejectedExecutionException.class)
                    .map(
                        full ->
                            OrochiException.of(
                                    OrochiErrorCode.TOO_MANY_STATEMENTS,
                                    "Cannot take more statements now")
                                .withHint("Try again, or raise statements.max-waiting.")
                                .causedBy(full))
                    .orElseGet(() -> SqlErrors.translate(failure, "")));
  }
}
