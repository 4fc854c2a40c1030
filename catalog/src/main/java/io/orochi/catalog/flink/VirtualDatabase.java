package io.orochi.catalog.flink;

import io.orochi.catalog.flink.procedure.Procedures;
import io.orochi.catalog.info.InfoView;
import io.orochi.catalog.info.InfoViews;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;

/** A database that every catalog has and nobody can change. */
enum VirtualDatabase {
  SYS(Procedures.DATABASE, "Procedures; CALL sys.help() lists them."),
  INFO(InfoViews.DATABASE, "Views of what the catalog knows.");

  private final String title;
  private final String comment;

  VirtualDatabase(String title, String comment) {
    this.title = title;
    this.comment = comment;
  }

  static Optional<VirtualDatabase> find(String database) {
    return Arrays.stream(values()).filter(one -> one.title.equals(database)).findFirst();
  }

  /**
   * @throws OrochiException INVALID_ARGUMENT if the database is virtual
   */
  static void refuseChange(String database) {
    if (find(database).isPresent()) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, "Cannot change the built-in database: " + database)
          .withHint("Choose another database for your own tables and views.");
    }
  }

  String title() {
    return title;
  }

  CatalogDatabase definition() {
    return new CatalogDatabaseImpl(Map.of(), comment);
  }

  List<String> tables() {
    return this == INFO ? InfoViews.all().stream().map(InfoView::name).toList() : List.of();
  }
}
