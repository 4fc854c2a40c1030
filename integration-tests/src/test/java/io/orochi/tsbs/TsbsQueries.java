package io.orochi.tsbs;

import io.orochi.tsbs.TsbsQuery.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** TSBS's query set with fresh random hosts and times. */
public final class TsbsQueries {
  private static final int ALL = CpuRows.METRICS.size();

  private final CpuRows rows;
  private final Random random;

  public TsbsQueries(CpuRows rows, Random random) {
    this.rows = rows;
    this.random = random;
  }

  /** One of each kind. */
  public List<TsbsQuery> next() {
    List<TsbsQuery> queries = new ArrayList<>();
    for (int metrics : new int[] {1, 5}) {
      queries.add(random("single-groupby-" + metrics + "-1-1", Shape.MAX_BY_MINUTE, 1, 1, metrics));
      queries.add(
          random("single-groupby-" + metrics + "-1-12", Shape.MAX_BY_MINUTE, 1, 12, metrics));
      queries.add(random("single-groupby-" + metrics + "-8-1", Shape.MAX_BY_MINUTE, 8, 1, metrics));
    }
    queries.add(random("cpu-max-all-1", Shape.MAX_BY_HOUR, 1, 8, ALL));
    queries.add(random("cpu-max-all-8", Shape.MAX_BY_HOUR, 8, 8, ALL));
    queries.add(random("double-groupby-1", Shape.MEAN_BY_HOUR_AND_HOST, 0, 12, 1));
    queries.add(random("double-groupby-5", Shape.MEAN_BY_HOUR_AND_HOST, 0, 12, 5));
    queries.add(random("double-groupby-all", Shape.MEAN_BY_HOUR_AND_HOST, 0, 12, ALL));
    queries.add(random("high-cpu-1", Shape.HIGH, 1, 12, ALL));
    queries.add(random("high-cpu-all", Shape.HIGH, 0, 12, ALL));
    queries.add(
        new TsbsQuery("lastpoint", Shape.LAST_ROW, List.of(), rows.start(), rows.end(), ALL));
    TsbsQuery anywhere = random("groupby-orderby-limit", Shape.LAST_FIVE_MINUTES, 0, 1, 1);
    queries.add(
        new TsbsQuery(
            anywhere.name(), anywhere.shape(), List.of(), rows.start(), anywhere.until(), 1));
    return queries;
  }

  /** Another one of this kind. */
  public TsbsQuery next(String name) {
    return next().stream().filter(query -> query.name().equals(name)).findFirst().orElseThrow();
  }

  private TsbsQuery random(String name, Shape shape, int hosts, int hours, int metrics) {
    List<String> chosen =
        random
            .ints(0, rows.hosts())
            .distinct()
            .limit(hosts)
            .sorted()
            .mapToObj(CpuRows::host)
            .toList();
    long whole = Duration.between(rows.start(), rows.end()).toSeconds();
    long length = Math.min(whole, Duration.ofHours(hours).toSeconds());
    Instant from = rows.start().plusSeconds((long) (random.nextDouble() * (whole - length + 1)));
    return new TsbsQuery(name, shape, chosen, from, from.plusSeconds(length), metrics);
  }
}
