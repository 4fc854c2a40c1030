package io.orochi.gateway.plan.error;

import io.orochi.gateway.plan.check.ViewExpansion.FoundView;
import io.orochi.gateway.plan.sql.ParsedVisitor;
import io.orochi.gateway.plan.sql.Parsing;
import io.orochi.gateway.plan.sql.SqlToken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.FunctionCatalog;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.UnresolvedIdentifier;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;

/** The names one session can reach. */
public final class SessionNames implements KnownNames {
  private static final int LONGEST_NAME = 3;

  private final CatalogManager catalogs;
  private final FunctionCatalog functions;
  private final String sql;

  public SessionNames(CatalogManager catalogs, FunctionCatalog functions, String sql) {
    this.catalogs = catalogs;
    this.functions = functions;
    this.sql = sql;
  }

  @Override
  public Collection<String> relations(String within) {
    String[] place = within.split("\\.", -1);
    if (place.length == 2) {
      return catalogs.listTables(place[0], place[1]);
    }
    Set<String> names = new TreeSet<>(catalogs.listTables());
    names.addAll(catalogs.listSchemas(catalogs.getCurrentCatalog()));
    return names;
  }

  @Override
  public Collection<String> columns() {
    Set<String> columns = new TreeSet<>();
    for (List<String> name : names()) {
      catalogs
          .getTable(catalogs.qualifyIdentifier(UnresolvedIdentifier.of(name)))
          .ifPresent(table -> columns.addAll(table.getResolvedSchema().getColumnNames()));
    }
    return columns;
  }

  @Override
  public Collection<String> functions() {
    return List.of(functions.getFunctions());
  }

  @Override
  public Collection<String> databases() {
    return catalogs.listSchemas(catalogs.getCurrentCatalog());
  }

  @Override
  public Collection<String> catalogs() {
    return catalogs.listCatalogs();
  }

  @Override
  public Optional<String> place(String name) {
    return SqlToken.of(sql).stream()
        .filter(token -> unquoted(token.image()).equalsIgnoreCase(name))
        .findFirst()
        .map(token -> SqlErrors.at(sql, token.start()));
  }

  private static String unquoted(String image) {
    boolean quoted = image.length() > 2 && "`'".indexOf(image.charAt(0)) >= 0;
    return quoted ? image.substring(1, image.length() - 1) : image;
  }

  /** As it is stored: to resolve a view, Flink would parse all the views it names. */
  private Optional<CatalogBaseTable> definition(ObjectIdentifier identifier) {
    if (catalogs.isTemporaryTable(identifier)) {
      return catalogs.getTable(identifier).map(ContextResolvedTable::getTable);
    }
    Optional<Catalog> catalog = catalogs.getCatalog(identifier.getCatalogName());
    try {
      return catalog.isPresent()
          ? Optional.of(catalog.get().getTable(identifier.toObjectPath()))
          : Optional.empty();
    } catch (TableNotExistException notFound) {
      return Optional.empty();
    }
  }

  /** A view by the parts of its name; empty for what is no view or cannot be found. */
  public Optional<FoundView> view(List<String> name) {
    if (name.size() > LONGEST_NAME) {
      return Optional.empty();
    }
    try {
      ObjectIdentifier identifier = catalogs.qualifyIdentifier(UnresolvedIdentifier.of(name));
      return definition(identifier)
          .filter(CatalogView.class::isInstance)
          .map(
              view ->
                  new FoundView(
                      identifier.asSerializableString(), ((CatalogView) view).getExpandedQuery()));
    } catch (ValidationException | CatalogException notFound) {
      return Optional.empty();
    }
  }

  /** Every name in the statement, because any may be a table's. */
  private Collection<List<String>> names() {
    Collection<List<String>> names = new ArrayList<>();
    ParsedVisitor visitor =
        new ParsedVisitor() {
          @Override
          public Void visit(SqlIdentifier name) {
            if (!name.isStar() && name.names.size() <= LONGEST_NAME) {
              names.add(name.names);
            }
            return null;
          }
        };
    Parsing.tryParse(sql).ifPresent(statements -> statements.accept(visitor));
    return names;
  }
}
