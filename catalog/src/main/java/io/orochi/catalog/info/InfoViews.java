package io.orochi.catalog.info;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every view of the virtual database {@code info}. */
public final class InfoViews {
  /** The virtual database's name. */
  public static final String DATABASE = "info";

  /** Not a view: what a server knows of reads, for {@code info.chunks}. */
  public static final String CHUNK_READS = "chunk_reads";

  private static final List<InfoView> ALL =
      Stream.<InfoView>of(
              new ActiveQueriesView(),
              new ChunksView(),
              new ColocationGroupsView(),
              new DimensionsView(),
              new DroppedTablesView(),
              new HypertablesView(),
              new LocksView(),
              new PlanCacheView(),
              new QueryCacheView(),
              new SettingsView(),
              new ShardsView(),
              new TablesView(),
              new TransactionsView())
          .sorted(Comparator.comparing(InfoView::name))
          .toList();

  private InfoViews() {}

  /** Ordered by name. */
  public static List<InfoView> all() {
    return ALL;
  }

  public static Optional<InfoView> find(String name) {
    return ALL.stream().filter(view -> view.name().equals(name)).findFirst();
  }
}
