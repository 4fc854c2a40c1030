package io.orochi.gateway.server;

import org.apache.arrow.flight.NoOpSessionOptionValueVisitor;

/** A session option that is a text. */
final class TestingOptionText extends NoOpSessionOptionValueVisitor<String> {
  @Override
  public String visit(String value) {
    return value;
  }
}
