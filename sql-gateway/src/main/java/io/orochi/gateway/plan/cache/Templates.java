package io.orochi.gateway.plan.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orochi.gateway.plan.params.LiftedQuery;
import java.time.Duration;
import java.util.Optional;

/**
 * Which queries have a template, and which are understood with their constants nevertheless: those
 * of a template that cannot be understood without values, and single ones that Flink runs. Safe to
 * share between threads.
 */
public final class Templates {
  private static final long MOST_CHARACTERS = 4L << 20;
  private static final long MOST_REFUSED = 10_000;
  private static final Duration REFUSED_FOR = Duration.ofMinutes(10);

  private final KnownTables tables;
  private final Cache<String, Optional<LiftedQuery>> lifted =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((String text, Optional<LiftedQuery> query) -> 100 + 2 * text.length())
          .build();
  private final Cache<PlanKey, CachedPlan.Basis> refused =
      Caffeine.newBuilder().maximumSize(MOST_REFUSED).expireAfterWrite(REFUSED_FOR).build();

  Templates(KnownTables tables) {
    this.tables = tables;
  }

  /** The template of a query; each text is parsed once while it is remembered. */
  public Optional<LiftedQuery> of(String text) {
    return lifted.get(text, LiftedQuery::of);
  }

  /**
   * Whether a template or a text was refused while the tables it looked up were what they are now
   * but for their rows.
   */
  public boolean isRefused(PlanKey key) {
    CachedPlan.Basis basis = refused.getIfPresent(key);
    if (basis == null) {
      return false;
    }
    Optional<CachedPlan.Basis> renewed = tables.renewed(basis);
    renewed.ifPresentOrElse(
        now -> refused.asMap().replace(key, basis, now), () -> refused.asMap().remove(key, basis));
    return renewed.isPresent();
  }

  /** Has a template's queries understood with their constants for some minutes at most. */
  public void refuse(PlanKey template, Dependencies on) {
    refused.put(template, tables.basis(on.known()));
  }

  /** Has one text understood with its constants for some minutes at most. */
  public void refuse(PlanKey text, CachedPlan plan) {
    refused.put(text, plan.basis());
  }
}
