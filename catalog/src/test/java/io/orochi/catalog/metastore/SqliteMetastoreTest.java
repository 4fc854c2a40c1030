package io.orochi.catalog.metastore;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteMetastoreTest extends MetastoreContract {
  @TempDir private Path folder;

  @Override
  Metastore open() {
    return open("orochi");
  }

  @Override
  Metastore open(String catalogName) {
    String uri = "jdbc:sqlite:" + folder.resolve("metastore.db");
    return Metastores.open(catalogName, MetastoreAddress.of(uri, null, null));
  }
}
