package io.orochi.catalog.transaction;

import io.orochi.catalog.info.ServerRows;
import io.orochi.catalog.transaction.TransactionState.TableUse;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code info.transactions} and {@code info.locks} show; other views have no rows here. */
public record TransactionRows(OpenTransactions open) implements ServerRows {
  @Override
  public List<Object[]> of(String view) {
    return switch (view) {
      case "transactions" -> open.states().stream().map(TransactionRows::transaction).toList();
      case "locks" ->
          open.states().stream()
              .flatMap(state -> state.tables().stream().map(use -> lock(state, use)))
              .toList();
      default -> List.of();
    };
  }

  private static Object[] transaction(TransactionState state) {
    return new Object[] {
      state.id(),
      state.session(),
      state.phase().name().toLowerCase(Locale.ROOT),
      state.isolation().text(),
      state.startedAt().atOffset(ZoneOffset.UTC),
      state.lastUsedAt().atOffset(ZoneOffset.UTC),
      state.statements(),
      state.tables().stream()
          .map(TableUse::table)
          .map(Object::toString)
          .collect(Collectors.joining(", "))
    };
  }

  private static Object[] lock(TransactionState state, TableUse use) {
    return new Object[] {
      state.id(),
      state.session(),
      use.table().namespace().toString(),
      use.table().name(),
      use.changed() ? "write" : "read",
      use.locked()
    };
  }
}
