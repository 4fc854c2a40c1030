package io.orochi.table.kernel.exec;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.files.FileLease;
import io.orochi.table.kernel.sql.FieldSchema;
import io.orochi.table.kernel.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The equality deletes of one group as temp tables: one of the data files (file_index, sequence,
 * scope) and one per set of key columns (scope, keys, latest sequence). A row goes when a delete of
 * its scope has its key and a later sequence. The scope is the partition; a delete file of an
 * unpartitioned spec reaches every partition. The latest sequence of a key is enough, because a row
 * older than any of its deletes is older than the latest.
 */
final class EqualityDeletes {
  private final Table table;
  private final FileLease lease;
  private final TempNames names;
  private final Map<Object, Integer> scopes = new HashMap<>();

  /** Deletes that one join resolves. */
  private record KeySet(List<Integer> fieldIds, boolean everywhere) {}

  private record Scope(int specId, List<Object> partition) {}

  EqualityDeletes(Table table, FileLease lease, TempNames names) {
    this.table = table;
    this.lease = lease;
    this.names = names;
  }

  /** The key columns, each once, also such as the table no longer has. */
  List<NestedField> keys(FileGroup group) {
    Set<Integer> ids = new LinkedHashSet<>();
    deletesOf(group).forEach(delete -> ids.addAll(delete.equalityFieldIds()));
    return ids.stream().map(this::field).toList();
  }

  /** Creates the tables; returns the text of the joins on reader {@code r}. */
  String joins(Connection connection, FileGroup group) throws SQLException {
    String files = names.next();
    createFiles(connection, files, group.tasks().stream().map(FileScanTask::file).toList());
    StringBuilder joins = new StringBuilder(" JOIN " + files + " AS m ON m.file = r.file_index");
    Map<KeySet, List<DeleteFile>> bySet = new LinkedHashMap<>();
    for (DeleteFile delete : deletesOf(group)) {
      List<Integer> ids = delete.equalityFieldIds().stream().sorted().toList();
      boolean everywhere = table.specs().get(delete.specId()).isUnpartitioned();
      bySet.computeIfAbsent(new KeySet(ids, everywhere), set -> new ArrayList<>()).add(delete);
    }
    for (Map.Entry<KeySet, List<DeleteFile>> set : bySet.entrySet()) {
      joins.append(join(connection, set.getKey(), set.getValue()));
    }
    return joins.toString();
  }

  private static List<DeleteFile> deletesOf(FileGroup group) {
    Map<String, DeleteFile> deletes = new LinkedHashMap<>();
    for (FileScanTask task : group.tasks()) {
      for (DeleteFile delete : task.deletes()) {
        if (delete.content() == FileContent.EQUALITY_DELETES) {
          deletes.put(delete.location(), delete);
        }
      }
    }
    return List.copyOf(deletes.values());
  }

  private String join(Connection connection, KeySet set, List<DeleteFile> deletes)
      throws SQLException {
    List<NestedField> keys = set.fieldIds.stream().map(this::field).toList();
    String origins = names.next();
    createFiles(connection, origins, deletes);
    String keyNames = keys.stream().map(GroupSql::internalName).collect(Collectors.joining(", "));
    String scope = set.everywhere ? "0" : "o.scope";
    String latest = names.next();
    Statements.execute(
        connection,
        "CREATE TEMP TABLE "
            + latest
            + " AS SELECT "
            + scope
            + " AS scope, "
            + keyNames
            + ", max(o.seq) AS seq FROM "
            + reader(keys, deletes)
            + " AS d JOIN "
            + origins
            + " AS o ON o.file = d.file_index GROUP BY ALL");
    String on =
        keys.stream()
            .map(GroupSql::internalName)
            .map(key -> latest + "." + key + " IS NOT DISTINCT FROM r." + key)
            .collect(Collectors.joining(" AND "));
    String sameScope = set.everywhere ? "" : " AND " + latest + ".scope = m.scope";
    return " ANTI JOIN " + latest + " ON " + on + sameScope + " AND " + latest + ".seq > m.seq";
  }

  private String reader(List<NestedField> keys, List<DeleteFile> deletes) {
    List<NestedField> named =
        keys.stream()
            .map(key -> NestedField.from(key).withName(GroupSql.internalName(key)).build())
            .toList();
    return "read_parquet("
        + SqlText.literals(deletes.stream().map(delete -> lease.of(delete).path()).toList())
        + ", hive_partitioning = false, schema = "
        + FieldSchema.literal(named, Map.of())
        + ")";
  }

  private void createFiles(Connection connection, String name, List<? extends ContentFile<?>> files)
      throws SQLException {
    List<String> rows = new ArrayList<>(files.size());
    for (ContentFile<?> file : files) {
      if (file.format() != FileFormat.PARQUET) {
        throw cannotRead("Equality deletes are in " + file.format());
      }
      rows.add("(" + rows.size() + ", " + file.dataSequenceNumber() + ", " + scopeOf(file) + ")");
    }
    Statements.execute(
        connection,
        "CREATE TEMP TABLE "
            + name
            + " AS SELECT file::UBIGINT AS file, seq::BIGINT AS seq, scope::INTEGER AS scope"
            + " FROM (VALUES "
            + String.join(", ", rows)
            + ") v(file, seq, scope)");
  }

  private int scopeOf(ContentFile<?> file) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < file.partition().size(); i++) {
      values.add(file.partition().get(i, Object.class));
    }
    return scopes.computeIfAbsent(new Scope(file.specId(), values), scope -> scopes.size());
  }

  private NestedField field(int id) {
    NestedField current = table.schema().asStruct().field(id);
    if (current != null) {
      return requirePrimitive(current);
    }
    return table.schemas().values().stream()
        .sorted(Comparator.comparingInt(Schema::schemaId).reversed())
        .map(schema -> schema.asStruct().field(id))
        .filter(field -> field != null)
        .findFirst()
        .map(this::requirePrimitive)
        .orElseThrow(() -> cannotRead("A key of equality deletes is inside a nested column"));
  }

  private NestedField requirePrimitive(NestedField field) {
    if (!field.type().isPrimitiveType()) {
      throw cannotRead("A key of equality deletes is nested");
    }
    return NestedField.from(field).asOptional().build();
  }

  private OrochiException cannotRead(String fact) {
    return OrochiException.of(
            OrochiErrorCode.KERNEL_CANNOT_READ,
            "Cannot resolve the deletes of table " + table.name() + " in the kernel")
        .withDetail(fact + ".")
        .withHint("Run the statement on Flink, or compact the table.");
  }
}
