package io.orochi.gateway.rest;

import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandler;

/** Found by every REST endpoint of the process; acts in those that {@link #ask} for it. */
public final class CodedAnswersFactory implements InboundChannelHandlerFactory {
  private static final String KEY = "orochi.rest.coded-answers";

  static void ask(Configuration endpoint) {
    endpoint.setString(KEY, Boolean.toString(true));
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Optional<ChannelHandler> createHandler(
      Configuration endpoint, Map<String, String> responseHeaders) {
    return endpoint.containsKey(KEY) ? Optional.of(new CodedAnswers()) : Optional.empty();
  }
}
