package io.orochi.table.kernel.exec;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.files.FileFailures;
import io.orochi.table.kernel.files.FileLease;
import io.orochi.table.kernel.files.LocalFile;
import io.orochi.table.kernel.scan.ScanPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sorts the files of a scan into as few groups as read alike. */
final class FileGroups {
  private static final Logger LOG = LoggerFactory.getLogger(FileGroups.class);

  private final ScanPlan plan;
  private final FileLease lease;
  private final FileShapes shapes;
  private final NameMapping mapping;

  FileGroups(ScanPlan plan, FileLease lease, FileShapes shapes) {
    this.plan = plan;
    this.lease = lease;
    this.shapes = shapes;
    String json = plan.table().properties().get(TableProperties.DEFAULT_NAME_MAPPING);
    this.mapping = json == null ? null : NameMappingParser.fromJson(json);
  }

  List<FileGroup> of(Connection connection) {
    loadShapes(connection);
    Map<FileGroup.Kind, List<FileScanTask>> groups = new LinkedHashMap<>();
    for (FileScanTask task : plan.tasks()) {
      groups.computeIfAbsent(kindOf(connection, task), kind -> new ArrayList<>()).add(task);
    }
    return groups.entrySet().stream()
        .map(group -> new FileGroup(group.getKey(), List.copyOf(group.getValue())))
        .toList();
  }

  private void loadShapes(Connection connection) {
    List<LocalFile> files =
        plan.tasks().stream()
            .filter(task -> task.file().format() == FileFormat.PARQUET)
            .map(task -> lease.of(task.file()))
            .toList();
    try {
      shapes.load(connection, files);
    } catch (SQLException e) {
      LOG.debug("One of several footers cannot be read; reading each will tell which", e);
    }
  }

  private FileShape shapeOf(Connection connection, FileScanTask task, LocalFile file) {
    try {
      return shapes.of(connection, file);
    } catch (SQLException e) {
      throw FileFailures.corrupt(
              plan.table(), task.file().location(), "Its footer cannot be read as Parquet")
          .causedBy(e);
    }
  }

  private FileGroup.Kind kindOf(Connection connection, FileScanTask task) {
    if (task.file().format() != FileFormat.PARQUET) {
      throw cannotRead(task, "The kernel reads Parquet, the file is " + task.file().format());
    }
    LocalFile file = lease.of(task.file());
    FileShape shape = shapeOf(connection, task, file);
    Optional<Map<Integer, FileShape.Found>> found = shape.find(plan.schema().columns());
    if (file.verified()) {
      return found
          .map(columns -> FileGroup.Kind.found(task, Map.of(), columns))
          .orElseGet(() -> FileGroup.Kind.byId(task, Map.of()));
    }
    if (shape.hasNoFieldIds()) {
      Map<Integer, FileShape.Found> names = namesById(task, shape);
      return FileGroup.Kind.mapped(task, constantsOf(task, shape, names), names);
    }
    Map<Integer, Object> constants = constantsOf(task, shape, null);
    return found
        .map(columns -> FileGroup.Kind.found(task, constants, columns))
        .orElseGet(() -> FileGroup.Kind.byId(task, constants));
  }

  private Map<Integer, Object> constantsOf(
      FileScanTask task, FileShape shape, Map<Integer, FileShape.Found> names) {
    Map<Integer, Object> constants = new HashMap<>();
    PartitionSpec spec = task.spec();
    for (int i = 0; i < spec.fields().size(); i++) {
      PartitionField field = spec.fields().get(i);
      boolean lacking =
          names == null ? shape.lacks(field.sourceId()) : !names.containsKey(field.sourceId());
      if (field.transform().isIdentity() && lacking) {
        constants.put(field.sourceId(), task.file().partition().get(i, Object.class));
      }
    }
    return constants;
  }

  private Map<Integer, FileShape.Found> namesById(FileScanTask task, FileShape shape) {
    if (mapping == null) {
      throw cannotRead(task, "The file has no field ids and the table has no name mapping");
    }
    Map<Integer, FileShape.Found> names = new HashMap<>();
    for (FileShape.Column column : shape.columns()) {
      MappedField mapped = mapping.find(column.name());
      if (mapped != null && mapped.id() != null) {
        names.put(mapped.id(), new FileShape.Found(column.name(), column.kernelType()));
      }
    }
    boolean nested =
        plan.schema().columns().stream()
            .anyMatch(f -> !f.type().isPrimitiveType() && names.containsKey(f.fieldId()));
    if (nested) {
      throw cannotRead(task, "The file has no field ids and nested columns");
    }
    return names;
  }

  private OrochiException cannotRead(FileScanTask task, String fact) {
    return OrochiException.of(
            OrochiErrorCode.KERNEL_CANNOT_READ,
            "Cannot read data file "
                + task.file().location()
                + " of table "
                + plan.table().name()
                + " in the kernel")
        .withDetail(fact + ".")
        .withHint("Run the statement on Flink, or rewrite the table's files.");
  }
}
