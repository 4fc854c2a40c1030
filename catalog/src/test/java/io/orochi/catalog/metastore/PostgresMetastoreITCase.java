package io.orochi.catalog.metastore;

import io.orochi.catalog.TestingPostgres;

class PostgresMetastoreITCase extends MetastoreContract {
  private final MetastoreAddress database = TestingPostgres.emptyDatabase();

  @Override
  Metastore open() {
    return open("orochi");
  }

  @Override
  Metastore open(String catalogName) {
    return Metastores.open(catalogName, database);
  }
}
