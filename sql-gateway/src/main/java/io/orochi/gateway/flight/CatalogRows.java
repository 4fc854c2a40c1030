package io.orochi.gateway.flight;

import io.orochi.gateway.session.GatewaySession;
import io.orochi.gateway.statement.arrow.ArrowFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.arrow.flight.sql.FlightSqlColumnMetadata;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogBaseTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session's catalogs as rows of Flight's metadata schemas. */
final class CatalogRows {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogRows.class);
  private static final String TABLE = "TABLE";
  private static final String VIEW = "VIEW";

  private final FlightSessions sessions;

  CatalogRows(FlightSessions sessions) {
    this.sessions = sessions;
  }

  static List<Object[]> tableTypes() {
    return List.of(new Object[] {TABLE}, new Object[] {VIEW});
  }

  List<Object[]> catalogs(CallContext context) {
    return catalogNames(context, Optional.empty()).stream()
        .map(name -> new Object[] {name})
        .toList();
  }

  List<Object[]> schemas(CommandGetDbSchemas command, CallContext context) {
    Pattern filter = like(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern());
    List<Object[]> rows = new ArrayList<>();
    for (String catalog :
        catalogNames(context, wanted(command.hasCatalog(), command.getCatalog()))) {
      for (String database : databases(context, catalog, filter)) {
        rows.add(new Object[] {catalog, database});
      }
    }
    return rows;
  }

  List<Object[]> tables(CommandGetTables command, CallContext context) {
    Pattern schemas = like(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern());
    Pattern names = like(command.hasTableNameFilterPattern(), command.getTableNameFilterPattern());
    Set<String> types = new HashSet<>(command.getTableTypesList());
    CatalogManager catalogs = manager(context);
    List<Object[]> rows = new ArrayList<>();
    for (String catalog :
        catalogNames(context, wanted(command.hasCatalog(), command.getCatalog()))) {
      for (String database : databases(context, catalog, schemas)) {
        Set<String> views = catalogs.listViews(catalog, database);
        for (String name : new TreeSet<>(catalogs.listTables(catalog, database))) {
          String type = views.contains(name) ? VIEW : TABLE;
          if (names.matcher(name).matches() && (types.isEmpty() || types.contains(type))) {
            row(command, context, ObjectIdentifier.of(catalog, database, name), type)
                .ifPresent(rows::add);
          }
        }
      }
    }
    return rows;
  }

  List<Object[]> primaryKeys(CommandGetPrimaryKeys command, CallContext context) {
    CatalogManager catalogs = manager(context);
    ObjectIdentifier table =
        ObjectIdentifier.of(
            command.hasCatalog() ? command.getCatalog() : catalogs.getCurrentCatalog(),
            command.hasDbSchema() ? command.getDbSchema() : catalogs.getCurrentDatabase(),
            command.getTable());
    Optional<UniqueConstraint> key = schema(context, table).getPrimaryKey();
    List<Object[]> rows = new ArrayList<>();
    for (String column : key.map(UniqueConstraint::getColumns).orElse(List.of())) {
      rows.add(
          new Object[] {
            table.getCatalogName(),
            table.getDatabaseName(),
            table.getObjectName(),
            column,
            rows.size() + 1,
            key.get().getName()
          });
    }
    return rows;
  }

  /** Empty for a table that went away, or cannot be read, while its name was being listed. */
  private Optional<Object[]> row(
      CommandGetTables command, CallContext context, ObjectIdentifier table, String type) {
    Object[] names = {
      table.getCatalogName(), table.getDatabaseName(), table.getObjectName(), type, null
    };
    if (command.getIncludeSchema()) {
      try {
        names[4] = OrochiProducer.message(columns(table, schema(context, table))).toByteArray();
      } catch (RuntimeException unreadable) {
        LOG.info("Table {} is left out of the list of columns", table, unreadable);
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }

  private static Schema columns(ObjectIdentifier table, ResolvedSchema schema) {
    List<Field> fields = new ArrayList<>();
    for (Column column : schema.getColumns()) {
      LogicalType type = column.getDataType().getLogicalType();
      Field plain = ArrowFields.field(column.getName(), type);
      FlightSqlColumnMetadata.Builder metadata =
          new FlightSqlColumnMetadata.Builder()
              .catalogName(table.getCatalogName())
              .schemaName(table.getDatabaseName())
              .tableName(table.getObjectName())
              .typeName(type.copy(true).asSummaryString())
              .isAutoIncrement(false)
              .isCaseSensitive(true)
              .isReadOnly(!column.isPersisted())
              .isSearchable(true)
              .remarks(column.getComment().orElse(""));
      if (type.is(LogicalTypeRoot.DECIMAL)) {
        metadata
            .precision(LogicalTypeChecks.getPrecision(type))
            .scale(LogicalTypeChecks.getScale(type));
      }
      fields.add(
          new Field(
              plain.getName(),
              new FieldType(
                  plain.isNullable(), plain.getType(), null, metadata.build().getMetadataMap()),
              plain.getChildren()));
    }
    return new Schema(fields);
  }

  private ResolvedSchema schema(CallContext context, ObjectIdentifier table) {
    ResolvedCatalogBaseTable<?> resolved =
        sessions.of(context).createOperationExecutor(new Configuration()).getTable(table);
    return resolved.getResolvedSchema();
  }

  private Set<String> catalogNames(CallContext context, Optional<String> only) {
    Set<String> names = new TreeSet<>(manager(context).listCatalogs());
    only.ifPresent(name -> names.removeIf(other -> !other.equals(name)));
    return names;
  }

  private Set<String> databases(CallContext context, String catalog, Pattern filter) {
    try {
      Set<String> names =
          new TreeSet<>(manager(context).getCatalogOrThrowException(catalog).listDatabases());
      names.removeIf(name -> !filter.matcher(name).matches());
      return names;
    } catch (CatalogException unreachable) {
      LOG.info("Catalog {} is left out of a list", catalog, unreachable);
      return Set.of();
    }
  }

  private CatalogManager manager(CallContext context) {
    GatewaySession session = sessions.of(context);
    return session.getSessionState().catalogManager;
  }

  private static Optional<String> wanted(boolean given, String name) {
    return given ? Optional.of(name) : Optional.empty();
  }

  /** A LIKE pattern as a regular expression; everything if none is given. */
  private static Pattern like(boolean given, String pattern) {
    if (!given) {
      return Pattern.compile(".*", Pattern.DOTALL);
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char letter = pattern.charAt(i);
      if (letter == '\\' && i + 1 < pattern.length()) {
        regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
      } else if (letter == '%') {
        regex.append(".*");
      } else if (letter == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(letter)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  }
}
