package io.orochi.gateway.cli.demo;

import java.util.List;

/**
 * A query that the demo shows.
 *
 * @param question in the user's words
 */
record DemoQuery(String question, String sql) {
  static final String DATABASE = "demo";
  static final String HOST_TABLE = DATABASE + ".host_metrics";
  static final String FLEET_TABLE = DATABASE + ".fleet";

  static final List<DemoQuery> ALL =
      List.of(
          new DemoQuery(
              "How much has arrived from this machine?",
              """
              SELECT count(*) AS samples, min(ts) AS first_at, max(ts) AS last_at
              FROM demo.host_metrics"""),
          new DemoQuery(
              "How has this machine been, second by second?",
              """
              SELECT time_bucket(INTERVAL '1' SECOND, ts) AS bucket,
                avg(cpu_user) AS cpu_user, avg(memory_available) AS memory_available, count(*) AS n
              FROM demo.host_metrics
              GROUP BY time_bucket(INTERVAL '1' SECOND, ts)
              ORDER BY bucket DESC LIMIT 5"""),
          new DemoQuery(
              "Which machines of the fleet are busiest?",
              """
              SELECT hostname, count(*) AS readings, avg(usage_user) AS mean, max(usage_user) AS peak
              FROM demo.fleet
              GROUP BY hostname
              ORDER BY mean DESC LIMIT 5"""),
          new DemoQuery(
              "What are the tables made of?",
              """
              SELECT hypertable_name, num_chunks, num_shards, num_files, num_rows, total_bytes
              FROM info.hypertables"""),
          new DemoQuery(
              "Which engine answers, and what does it read?",
              "EXPLAIN SELECT max(usage_user) FROM demo.fleet WHERE hostname = 'host_0'"));
}
