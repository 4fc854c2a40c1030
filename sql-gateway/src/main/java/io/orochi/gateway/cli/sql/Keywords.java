package io.orochi.gateway.cli.sql;

import java.util.List;

/** What the shell completes besides names of tables. */
final class Keywords {
  static final List<String> ALL =
      List.of(
          ("ALTER AND AS ASC BEGIN BETWEEN BUCKETS BY CALL CASE CAST COLUMN COMMENT COUNT CREATE"
                  + " CROSS DATABASE DATABASES DELETE DESC DESCRIBE DISTINCT DISTRIBUTED DROP ELSE"
                  + " END EXISTS EXPLAIN FALSE FOR FROM FULL FUNCTIONS GROUP HASH HAVING IF IN"
                  + " INNER INSERT INTERVAL INTO IS JOIN KEY LEFT LIKE LIMIT NOT NULL NULLS ON OR"
                  + " ORDER OUTER OVERWRITE PARTITIONED PRIMARY PROCEDURES RENAME RESET RIGHT"
                  + " SELECT SET SHOW TABLE TABLES THEN TIMESTAMP TO TRUE TRUNCATE UNION UPDATE"
                  + " USE USING VALUES VIEW VIEWS WHEN WHERE WITH avg count first last max min sum"
                  + " time_bucket")
              .split(" "));

  private Keywords() {}
}
