package io.orochi.catalog.rest;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.requests.FetchScanTasksRequest;
import org.apache.iceberg.rest.requests.PlanTableScanRequest;
import org.apache.iceberg.rest.responses.FetchScanTasksResponse;
import org.apache.iceberg.rest.responses.PlanTableScanResponse;

/**
 * Scans planned for a client that does not read manifests. Every file is in the one answer, and the
 * plan is forgotten before it is sent: Iceberg's handlers keep the pages of a plan in memory until
 * it is cancelled, and a client that dies never cancels.
 */
final class ScanPlans {
  private static final int FILES_PER_PAGE = 1_000;

  private ScanPlans() {}

  static PlanTableScanResponse plan(
      Catalog catalog, TableIdentifier table, PlanTableScanRequest request) {
    PlanTableScanResponse first =
        CatalogHandlers.planTableScan(
            catalog, table, request, scan -> false, scan -> FILES_PER_PAGE);
    try {
      return first.planTasks() == null ? first : whole(catalog, table, first);
    } finally {
      CatalogHandlers.cancelPlanTableScan(first.planId());
    }
  }

  private static PlanTableScanResponse whole(
      Catalog catalog, TableIdentifier table, PlanTableScanResponse first) {
    List<FileScanTask> files = new ArrayList<>(first.fileScanTasks());
    List<String> next = first.planTasks();
    while (next != null && !next.isEmpty()) {
      FetchScanTasksResponse page =
          CatalogHandlers.fetchScanTasks(catalog, table, new FetchScanTasksRequest(next.get(0)));
      files.addAll(page.fileScanTasks());
      next = page.planTasks();
    }
    return PlanTableScanResponse.builder()
        .withPlanId(first.planId())
        .withPlanStatus(first.planStatus())
        .withSpecsById(first.specsById())
        .withFileScanTasks(files)
        .build();
  }
}
