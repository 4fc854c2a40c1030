package io.orochi.gateway.rest;

import io.orochi.gateway.rest.RestFailure.Told;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import org.apache.flink.runtime.rest.messages.ErrorResponseBody;
import org.apache.flink.runtime.rest.util.RestMapperUtils;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.netty4.io.netty.buffer.ByteBuf;
import org.apache.flink.shaded.netty4.io.netty.buffer.Unpooled;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelOutboundHandlerAdapter;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelPromise;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaderNames;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a client its error instead of the stack trace Flink's endpoint would: one text with code,
 * message, detail and hint, and a status by who has to act. Flink writes an answer as its head, its
 * body and an end, so the head of an error is held back until its body has come. One per
 * connection.
 */
final class CodedAnswers extends ChannelOutboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(CodedAnswers.class);
  private static final ObjectMapper MAPPER = RestMapperUtils.getStrictObjectMapper();

  private HttpResponse heldHead;
  private ChannelPromise heldPromise;

  @Override
  public void write(ChannelHandlerContext context, Object part, ChannelPromise promise)
      throws Exception {
    if (part instanceof HttpResponse head
        && !(part instanceof ByteBuf)
        && head.status().code() >= HttpResponseStatus.BAD_REQUEST.code()) {
      heldHead = head;
      heldPromise = promise;
      return;
    }
    Object written = part;
    if (heldHead != null) {
      HttpResponse head = heldHead;
      heldHead = null;
      if (part instanceof ByteBuf body) {
        written = retold(head, body);
      }
      context.write(head, heldPromise);
    }
    super.write(context, written, promise);
  }

  private static ByteBuf retold(HttpResponse head, ByteBuf body) throws JsonProcessingException {
    String text = body.toString(java.nio.charset.StandardCharsets.UTF_8);
    Told told;
    try {
      ErrorResponseBody errors = MAPPER.readValue(text, ErrorResponseBody.class);
      told = told(String.join("\n", errors.errors), head.status());
    } catch (JsonProcessingException notAnError) {
      LOG.debug("An error without a body of Flink's kind", notAnError);
      return body;
    }
    body.release();
    byte[] bytes = MAPPER.writeValueAsBytes(new ErrorResponseBody(told.text()));
    head.setStatus(told.status());
    head.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    return Unpooled.wrappedBuffer(bytes);
  }

  /** What Flink itself refuses (a body it cannot read, an unknown path) is told in our form. */
  private static Told told(String stackTrace, HttpResponseStatus status) {
    return RestFailure.findIn(stackTrace)
        .orElseGet(
            () -> {
              String line = stackTrace.lines().findFirst().orElse("").strip();
              String reason =
                  line.substring(line.indexOf("Exception: ") < 0 ? 0 : messageStart(line));
              OrochiErrorCode code =
                  status.code() < HttpResponseStatus.INTERNAL_SERVER_ERROR.code()
                      ? OrochiErrorCode.INVALID_ARGUMENT
                      : OrochiErrorCode.INTERNAL_ERROR;
              return new Told(
                  status,
                  OrochiException.of(code, "Cannot answer the request")
                      .withDetail(reason)
                      .getMessage());
            });
  }

  private static int messageStart(String line) {
    return line.indexOf("Exception: ") + "Exception: ".length();
  }
}
