package io.orochi.catalog.rest;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.Endpoint;
import org.apache.iceberg.rest.RESTUtil;
import org.apache.iceberg.rest.requests.CommitTransactionRequest;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.CreateViewRequest;
import org.apache.iceberg.rest.requests.FetchScanTasksRequest;
import org.apache.iceberg.rest.requests.PlanTableScanRequest;
import org.apache.iceberg.rest.requests.RegisterTableRequest;
import org.apache.iceberg.rest.requests.RegisterViewRequest;
import org.apache.iceberg.rest.requests.RenameTableRequest;
import org.apache.iceberg.rest.requests.UpdateNamespacePropertiesRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;

/** The protocol as data: which handler answers which endpoint. */
final class RestRoutes {
  /** Answers one request; null means 204, nothing to say. */
  @FunctionalInterface
  interface Route {
    Object answer(RestRequest request);
  }

  private final OrochiIcebergCatalog catalog;
  private final Map<Endpoint, Route> routes = new LinkedHashMap<>();

  RestRoutes(OrochiIcebergCatalog catalog) {
    this.catalog = catalog;
    addNamespaces();
    addTables();
    addCommits();
    addViews();
    addScans();
  }

  Map<Endpoint, Route> byEndpoint() {
    return routes;
  }

  private void addNamespaces() {
    answer(Endpoint.V1_LIST_NAMESPACES, this::listNamespaces);
    answer(
        Endpoint.V1_CREATE_NAMESPACE,
        r -> CatalogHandlers.createNamespace(catalog, r.body(CreateNamespaceRequest.class)));
    answer(Endpoint.V1_LOAD_NAMESPACE, r -> CatalogHandlers.loadNamespace(catalog, r.namespace()));
    act(Endpoint.V1_NAMESPACE_EXISTS, r -> CatalogHandlers.namespaceExists(catalog, r.namespace()));
    act(Endpoint.V1_DELETE_NAMESPACE, r -> CatalogHandlers.dropNamespace(catalog, r.namespace()));
    answer(
        Endpoint.V1_UPDATE_NAMESPACE,
        r ->
            CatalogHandlers.updateNamespaceProperties(
                catalog, r.namespace(), r.body(UpdateNamespacePropertiesRequest.class)));
  }

  private void addTables() {
    answer(Endpoint.V1_LIST_TABLES, this::listTables);
    answer(Endpoint.V1_CREATE_TABLE, this::createTable);
    answer(
        Endpoint.V1_LOAD_TABLE, r -> CatalogHandlers.loadTable(catalog, r.table(), r.snapshots()));
    act(Endpoint.V1_TABLE_EXISTS, r -> CatalogHandlers.tableExists(catalog, r.table()));
    act(Endpoint.V1_DELETE_TABLE, this::dropTable);
    act(
        Endpoint.V1_RENAME_TABLE,
        r -> CatalogHandlers.renameTable(catalog, r.body(RenameTableRequest.class)));
    answer(
        Endpoint.V1_REGISTER_TABLE,
        r ->
            CatalogHandlers.registerTable(
                catalog, r.namespace(), r.body(RegisterTableRequest.class)));
    act(Endpoint.V1_REPORT_METRICS, r -> {});
  }

  private void addCommits() {
    answer(
        Endpoint.V1_UPDATE_TABLE,
        r -> CatalogHandlers.updateTable(catalog, r.table(), r.body(UpdateTableRequest.class)));
    act(
        Endpoint.V1_COMMIT_TRANSACTION,
        r -> commitTransaction(r.body(CommitTransactionRequest.class)));
  }

  private void addViews() {
    answer(Endpoint.V1_LIST_VIEWS, this::listViews);
    answer(
        Endpoint.V1_CREATE_VIEW,
        r -> CatalogHandlers.createView(catalog, r.namespace(), r.body(CreateViewRequest.class)));
    answer(Endpoint.V1_LOAD_VIEW, r -> CatalogHandlers.loadView(catalog, r.view()));
    act(Endpoint.V1_VIEW_EXISTS, r -> CatalogHandlers.viewExists(catalog, r.view()));
    answer(
        Endpoint.V1_UPDATE_VIEW,
        r -> CatalogHandlers.updateView(catalog, r.view(), r.body(UpdateTableRequest.class)));
    act(Endpoint.V1_DELETE_VIEW, r -> CatalogHandlers.dropView(catalog, r.view()));
    act(
        Endpoint.V1_RENAME_VIEW,
        r -> CatalogHandlers.renameView(catalog, r.body(RenameTableRequest.class)));
    answer(
        Endpoint.V1_REGISTER_VIEW,
        r ->
            CatalogHandlers.registerView(
                catalog, r.namespace(), r.body(RegisterViewRequest.class)));
  }

  private void addScans() {
    answer(
        Endpoint.V1_SUBMIT_TABLE_SCAN_PLAN,
        r -> ScanPlans.plan(catalog, r.table(), r.body(PlanTableScanRequest.class)));
    answer(
        Endpoint.V1_FETCH_TABLE_SCAN_PLAN,
        r -> CatalogHandlers.fetchPlanningResult(catalog, r.table(), r.planId()));
    answer(
        Endpoint.V1_FETCH_TABLE_SCAN_PLAN_TASKS,
        r ->
            CatalogHandlers.fetchScanTasks(
                catalog, r.table(), r.body(FetchScanTasksRequest.class)));
    act(Endpoint.V1_CANCEL_TABLE_SCAN_PLAN, r -> CatalogHandlers.cancelPlanTableScan(r.planId()));
  }

  private Object listNamespaces(RestRequest request) {
    Optional<RestRequest.Page> page = request.page();
    return page.isPresent()
        ? CatalogHandlers.listNamespaces(
            catalog, parent(request), page.get().token(), page.get().size())
        : CatalogHandlers.listNamespaces(catalog, parent(request));
  }

  private Object listTables(RestRequest request) {
    Optional<RestRequest.Page> page = request.page();
    return page.isPresent()
        ? CatalogHandlers.listTables(
            catalog, request.namespace(), page.get().token(), page.get().size())
        : CatalogHandlers.listTables(catalog, request.namespace());
  }

  private Object listViews(RestRequest request) {
    Optional<RestRequest.Page> page = request.page();
    return page.isPresent()
        ? CatalogHandlers.listViews(
            catalog, request.namespace(), page.get().token(), page.get().size())
        : CatalogHandlers.listViews(catalog, request.namespace());
  }

  private static Namespace parent(RestRequest request) {
    return request
        .parameter("parent")
        .map(RESTUtil::namespaceFromQueryParam)
        .orElse(Namespace.empty());
  }

  private Object createTable(RestRequest request) {
    CreateTableRequest body = request.body(CreateTableRequest.class);
    return body.stageCreate()
        ? CatalogHandlers.stageTableCreate(catalog, request.namespace(), body)
        : CatalogHandlers.createTable(catalog, request.namespace(), body);
  }

  private void dropTable(RestRequest request) {
    if (request.flag("purgeRequested")) {
      CatalogHandlers.purgeTable(catalog, request.table());
    } else {
      CatalogHandlers.dropTable(catalog, request.table());
    }
  }

  private void commitTransaction(CommitTransactionRequest request) {
    catalog.commitTransaction(
        request.tableChanges().stream().<TableCommit>map(RestTableCommit::of).toList(), List.of());
  }

  private void answer(Endpoint endpoint, Route route) {
    routes.put(endpoint, route);
  }

  private void act(Endpoint endpoint, java.util.function.Consumer<RestRequest> action) {
    routes.put(
        endpoint,
        request -> {
          action.accept(request);
          return null;
        });
  }
}
