package io.orochi.catalog.rest;

import java.util.Optional;

/** Decides whether the bearer of a token may use the catalog. Called from many threads at once. */
@FunctionalInterface
public interface RestAuthorizer {
  /** Lets everybody in; for a server that only this machine can reach. */
  RestAuthorizer OPEN = token -> true;

  /**
   * @param token what stood behind {@code Authorization: Bearer}, empty if nothing did
   */
  boolean admits(Optional<String> token);
}
