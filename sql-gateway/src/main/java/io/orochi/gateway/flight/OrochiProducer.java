package io.orochi.gateway.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.CloseSessionResult;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.GetSessionOptionsRequest;
import org.apache.arrow.flight.GetSessionOptionsResult;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.CancelResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginTransactionRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginTransactionResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndTransactionRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutUpdateResult;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/** Arrow Flight SQL: statements, prepared statements, changes, cancel and session options. */
final class OrochiProducer extends MetadataProducer {
  private final BufferAllocator allocator;
  private final FlightStatements statements;
  private final SessionOptions options;
  private final FlightTransactions transactions;

  OrochiProducer(
      BufferAllocator allocator,
      FlightSessions sessions,
      FlightStatements statements,
      ServerInfo info) {
    super(allocator, sessions, info);
    this.allocator = allocator;
    this.statements = statements;
    this.options = new SessionOptions(sessions, statements);
    this.transactions = new FlightTransactions(sessions);
  }

  @Override
  public void createPreparedStatement(
      ActionCreatePreparedStatementRequest request,
      CallContext context,
      StreamListener<Result> listener) {
    try {
      FlightStatements.Announced announced = statements.announce(context, request.getQuery());
      ActionCreatePreparedStatementResult result =
          ActionCreatePreparedStatementResult.newBuilder()
              .setPreparedStatementHandle(ByteString.copyFromUtf8(announced.handle()))
              .setDatasetSchema(message(announced.schema()))
              .setParameterSchema(message(announced.parameters()))
              .build();
      listener.onNext(new Result(Any.pack(result).toByteArray()));
      listener.onCompleted();
    } catch (RuntimeException failure) {
      listener.onError(FlightErrors.of(failure));
    }
  }

  @Override
  public void closePreparedStatement(
      ActionClosePreparedStatementRequest request,
      CallContext context,
      StreamListener<Result> listener) {
    statements.forget(request.getPreparedStatementHandle().toStringUtf8());
    listener.onCompleted();
  }

  @Override
  public FlightInfo getFlightInfoStatement(
      CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    return told(
        () -> {
          FlightStatements.Announced announced = statements.announce(context, command.getQuery());
          return info(
              TicketStatementQuery.newBuilder()
                  .setStatementHandle(ByteString.copyFromUtf8(announced.handle()))
                  .build(),
              announced.schema(),
              descriptor);
        });
  }

  @Override
  public FlightInfo getFlightInfoPreparedStatement(
      CommandPreparedStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    return told(() -> info(command, statements.find(handle(command)).schema(), descriptor));
  }

  @Override
  public SchemaResult getSchemaStatement(
      CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    return told(
        () -> {
          FlightStatements.Announced announced = statements.announce(context, command.getQuery());
          statements.forget(announced.handle());
          return new SchemaResult(announced.schema());
        });
  }

  @Override
  public SchemaResult getSchemaPreparedStatement(
      CommandPreparedStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    return told(() -> new SchemaResult(statements.find(handle(command)).schema()));
  }

  @Override
  public void getStreamStatement(
      TicketStatementQuery ticket, CallContext context, ServerStreamListener listener) {
    String handle = ticket.getStatementHandle().toStringUtf8();
    stream(context, handle, listener);
    statements.forget(handle);
  }

  @Override
  public void getStreamPreparedStatement(
      CommandPreparedStatementQuery command, CallContext context, ServerStreamListener listener) {
    stream(context, handle(command), listener);
  }

  @Override
  public Runnable acceptPutStatement(
      CommandStatementUpdate command,
      CallContext context,
      FlightStream flightStream,
      StreamListener<PutResult> ackStream) {
    return () -> acknowledge(ackStream, () -> statements.update(context, command.getQuery()));
  }

  @Override
  public Runnable acceptPutPreparedStatementUpdate(
      CommandPreparedStatementUpdate command,
      CallContext context,
      FlightStream flightStream,
      StreamListener<PutResult> ackStream) {
    String handle = command.getPreparedStatementHandle().toStringUtf8();
    return () ->
        acknowledge(
            ackStream,
            () -> {
              Prepared prepared = statements.find(handle);
              return statements.update(context, prepared, ParameterRows.read(flightStream));
            });
  }

  @Override
  public Runnable acceptPutPreparedStatementQuery(
      CommandPreparedStatementQuery command,
      CallContext context,
      FlightStream flightStream,
      StreamListener<PutResult> ackStream) {
    return () -> {
      try {
        List<List<Object>> rows = ParameterRows.read(flightStream);
        if (rows.size() != 1) {
          throw OrochiException.of(
                  OrochiErrorCode.STATEMENT_NOT_SUPPORTED,
                  "Cannot run one query with " + rows.size() + " rows of parameters")
              .withHint("Bind one row at a time.");
        }
        statements.find(handle(command)).bind(rows.get(0));
        ackStream.onCompleted();
      } catch (RuntimeException failure) {
        ackStream.onError(FlightErrors.of(failure));
      }
    };
  }

  @Override
  public void cancelFlightInfo(
      CancelFlightInfoRequest request, CallContext context, StreamListener<CancelStatus> listener) {
    try {
      boolean cancelled = cancel(request.getInfo());
      listener.onNext(cancelled ? CancelStatus.CANCELLED : CancelStatus.NOT_CANCELLABLE);
      listener.onCompleted();
    } catch (RuntimeException failure) {
      listener.onError(FlightErrors.of(failure));
    }
  }

  @Override
  public void cancelQuery(
      FlightInfo info, CallContext context, StreamListener<CancelResult> listener) {
    try {
      listener.onNext(cancel(info) ? CancelResult.CANCELLED : CancelResult.NOT_CANCELLABLE);
      listener.onCompleted();
    } catch (RuntimeException failure) {
      listener.onError(FlightErrors.of(failure));
    }
  }

  @Override
  public void setSessionOptions(
      SetSessionOptionsRequest request,
      CallContext context,
      StreamListener<SetSessionOptionsResult> listener) {
    try {
      listener.onNext(options.set(request, context));
      listener.onCompleted();
    } catch (RuntimeException failure) {
      listener.onError(FlightErrors.of(failure));
    }
  }

  @Override
  public void getSessionOptions(
      GetSessionOptionsRequest request,
      CallContext context,
      StreamListener<GetSessionOptionsResult> listener) {
    try {
      listener.onNext(options.get(context));
      listener.onCompleted();
    } catch (RuntimeException failure) {
      listener.onError(FlightErrors.of(failure));
    }
  }

  @Override
  public void closeSession(
      CloseSessionRequest request,
      CallContext context,
      StreamListener<CloseSessionResult> listener) {
    try {
      options.close(context);
      listener.onNext(new CloseSessionResult(CloseSessionResult.Status.CLOSED));
      listener.onCompleted();
    } catch (RuntimeException failure) {
      listener.onError(FlightErrors.of(failure));
    }
  }

  @Override
  public void beginTransaction(
      ActionBeginTransactionRequest request,
      CallContext context,
      StreamListener<ActionBeginTransactionResult> listener) {
    try {
      listener.onNext(transactions.begin(context));
      listener.onCompleted();
    } catch (RuntimeException failure) {
      listener.onError(FlightErrors.of(failure));
    }
  }

  @Override
  public void endTransaction(
      ActionEndTransactionRequest request, CallContext context, StreamListener<Result> listener) {
    try {
      transactions.end(request, context);
      listener.onCompleted();
    } catch (RuntimeException failure) {
      listener.onError(FlightErrors.of(failure));
    }
  }

  private void stream(CallContext context, String handle, ServerStreamListener listener) {
    try {
      statements.stream(context, handle, listener);
    } catch (RuntimeException failure) {
      listener.error(FlightErrors.of(failure));
    }
  }

  private void acknowledge(StreamListener<PutResult> ackStream, Supplier<Long> change) {
    try {
      DoPutUpdateResult result =
          DoPutUpdateResult.newBuilder().setRecordCount(change.get()).build();
      byte[] bytes = result.toByteArray();
      try (ArrowBuf buffer = allocator.buffer(Math.max(1, bytes.length))) {
        buffer.writeBytes(bytes);
        ackStream.onNext(PutResult.metadata(buffer));
      }
      ackStream.onCompleted();
    } catch (RuntimeException failure) {
      ackStream.onError(FlightErrors.of(failure));
    }
  }

  /** The handle is in the ticket of the only endpoint. */
  private boolean cancel(FlightInfo info) {
    for (FlightEndpoint endpoint : info.getEndpoints()) {
      if (statements.cancel(handle(endpoint.getTicket()))) {
        return true;
      }
    }
    return false;
  }

  private static String handle(Ticket ticket) {
    try {
      Any command = Any.parseFrom(ticket.getBytes());
      return command.is(TicketStatementQuery.class)
          ? command.unpack(TicketStatementQuery.class).getStatementHandle().toStringUtf8()
          : handle(command.unpack(CommandPreparedStatementQuery.class));
    } catch (InvalidProtocolBufferException strange) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, "Cannot cancel: the ticket is of another server")
          .causedBy(strange);
    }
  }

  private static String handle(CommandPreparedStatementQuery command) {
    return command.getPreparedStatementHandle().toStringUtf8();
  }

  /** Without a location: the rows are where the question was asked. */
  static FlightInfo info(Message ticket, Schema schema, FlightDescriptor descriptor) {
    FlightEndpoint endpoint = new FlightEndpoint(new Ticket(Any.pack(ticket).toByteArray()));
    return new FlightInfo(schema, descriptor, List.of(endpoint), -1, -1);
  }

  /** The schema as an IPC message, which is what clients read. */
  static ByteString message(Schema schema) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      MessageSerializer.serialize(new WriteChannel(Channels.newChannel(bytes)), schema);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }

  private static <T> T told(Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException failure) {
      throw FlightErrors.of(failure);
    }
  }
}
