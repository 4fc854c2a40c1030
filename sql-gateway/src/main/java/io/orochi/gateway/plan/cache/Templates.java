package io.orochi.gateway.plan.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orochi.gateway.plan.params.LiftedQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which queries have a template, and which templates are of no use. Safe to share between threads.
 */
public final class Templates {
  private static final long MOST_CHARACTERS = 4L << 20;
  private static final long MOST_REFUSED = 10_000;
  private static final Duration REFUSED_FOR = Duration.ofMinutes(10);

  private final Cache<String, Optional<LiftedQuery>> lifted =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((String text, Optional<LiftedQuery> query) -> 100 + 2 * text.length())
          .build();
  private final Cache<Refused, Boolean> refused =
      Caffeine.newBuilder().maximumSize(MOST_REFUSED).expireAfterWrite(REFUSED_FOR).build();

  private record Refused(PlanKey template, List<Class<?>> kinds) {}

  /** The template of a query; each text is parsed once while it is remembered. */
  public Optional<LiftedQuery> of(String text) {
    return lifted.get(text, LiftedQuery::of);
  }

  public boolean isRefused(PlanKey template, LiftedQuery query) {
    return refused.getIfPresent(new Refused(template, query.kinds())) != null;
  }

  /** Has the template's queries understood with their constants for some minutes. */
  public void refuse(PlanKey template, LiftedQuery query) {
    refused.put(new Refused(template, query.kinds()), true);
  }
}
