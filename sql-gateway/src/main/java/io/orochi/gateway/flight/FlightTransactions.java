package io.orochi.gateway.flight;

import com.google.protobuf.ByteString;
import io.orochi.catalog.transaction.LakeTransaction;
import io.orochi.catalog.transaction.TransactionIsolation;
import io.orochi.gateway.session.GatewaySession;
import io.orochi.gateway.transaction.SessionTransaction;
import io.orochi.gateway.transaction.TransactionCommand;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Duration;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginTransactionResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndTransactionRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndTransactionRequest.EndTransaction;

/** Flight SQL's own words for transactions; the transaction is that of the call's session. */
final class FlightTransactions {
  private static final Duration LOCAL = Duration.ZERO;

  private final FlightSessions sessions;

  FlightTransactions(FlightSessions sessions) {
    this.sessions = sessions;
  }

  ActionBeginTransactionResult begin(CallContext context) {
    SessionTransaction transaction = sessions.toChange(context).transaction();
    transaction.run(new TransactionCommand.Begin(TransactionIsolation.SNAPSHOT), LOCAL);
    String id = transaction.current().map(LakeTransaction::id).orElseThrow();
    return ActionBeginTransactionResult.newBuilder()
        .setTransactionId(ByteString.copyFromUtf8(id))
        .build();
  }

  /**
   * @throws OrochiException NO_TRANSACTION if it is not the session's, or as the commit does
   */
  void end(ActionEndTransactionRequest request, CallContext context) {
    GatewaySession session = sessions.toChange(context);
    String asked = request.getTransactionId().toStringUtf8();
    boolean own =
        session.transaction().current().map(LakeTransaction::id).filter(asked::equals).isPresent();
    if (!own) {
      throw OrochiException.of(OrochiErrorCode.NO_TRANSACTION, "There is no transaction " + asked)
          .withHint("It has ended, or another connection has begun it.");
    }
    TransactionCommand command =
        request.getAction() == EndTransaction.END_TRANSACTION_COMMIT
            ? new TransactionCommand.Commit()
            : new TransactionCommand.Rollback();
    session.transaction().run(command, session.lockTimeout());
  }
}
