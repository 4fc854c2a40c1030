package io.orochi.catalog.flink;

import io.orochi.catalog.flink.ddl.Partitions;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import org.apache.flink.table.catalog.AbstractCatalog;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.CatalogPartition;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ModelChange;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.FunctionNotExistException;
import org.apache.flink.table.catalog.exceptions.ModelNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.flink.table.expressions.Expression;
import org.apache.iceberg.Table;

/**
 * A catalog that keeps tables and views, and answers for every other kind of object: partitions are
 * read from the files, statistics from the snapshots; functions and models are not kept.
 */
abstract class TablesOnlyCatalog extends AbstractCatalog {
  private final Partitions partitions = new Partitions(getName());

  TablesOnlyCatalog(String name, String defaultDatabase) {
    super(name, defaultDatabase);
  }

  /** The stored table. */
  abstract Table stored(ObjectPath path) throws TableNotExistException;

  @Override
  public List<CatalogPartitionSpec> listPartitions(ObjectPath path)
      throws TableNotExistException, TableNotPartitionedException {
    return partitions.list(stored(path), path);
  }

  @Override
  public List<CatalogPartitionSpec> listPartitions(ObjectPath path, CatalogPartitionSpec part) {
    return existing(() -> partitions.list(stored(path), path, part));
  }

  /** Never prunes: the table source does, from the same filters. */
  @Override
  public List<CatalogPartitionSpec> listPartitionsByFilter(
      ObjectPath path, List<Expression> filters) {
    return existing(() -> partitions.list(stored(path), path));
  }

  @Override
  public boolean partitionExists(ObjectPath path, CatalogPartitionSpec partition) {
    return existing(() -> !partitions.list(stored(path), path, partition).isEmpty());
  }

  @Override
  public CatalogPartition getPartition(ObjectPath path, CatalogPartitionSpec partition) {
    return existing(() -> partitions.get(stored(path), path, partition));
  }

  @Override
  public void createPartition(
      ObjectPath path,
      CatalogPartitionSpec spec,
      CatalogPartition partition,
      boolean ignoreIfExists) {
    throw notKept("a partition without rows", "of " + path)
        .withHint("INSERT INTO the table: a partition is there with its first row.");
  }

  @Override
  public void dropPartition(
      ObjectPath path, CatalogPartitionSpec partition, boolean ignoreIfNotExists)
      throws PartitionNotExistException {
    boolean dropped = existing(() -> partitions.drop(stored(path), path, partition));
    if (!dropped && !ignoreIfNotExists) {
      throw new PartitionNotExistException(getName(), path, partition);
    }
  }

  @Override
  public void alterPartition(
      ObjectPath path,
      CatalogPartitionSpec spec,
      CatalogPartition partition,
      boolean ignoreIfNotExists) {
    throw notKept("options of one partition", "of " + path)
        .withHint("ALTER TABLE … SET changes them for the whole table.");
  }

  @Override
  public List<String> listFunctions(String database) {
    return List.of();
  }

  @Override
  public CatalogFunction getFunction(ObjectPath path) throws FunctionNotExistException {
    throw new FunctionNotExistException(getName(), path);
  }

  @Override
  public boolean functionExists(ObjectPath path) {
    return false;
  }

  @Override
  public void createFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfExists) {
    throw notKept("a function", path.toString()).withHint("Use CREATE TEMPORARY FUNCTION.");
  }

  @Override
  public void alterFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfNotExists) {
    if (!ignoreIfNotExists) {
      throw notFound("function", path);
    }
  }

  @Override
  public void dropFunction(ObjectPath path, boolean ignoreIfNotExists)
      throws FunctionNotExistException {
    if (!ignoreIfNotExists) {
      throw new FunctionNotExistException(getName(), path);
    }
  }

  @Override
  public List<String> listModels(String database) {
    return List.of();
  }

  @Override
  public CatalogModel getModel(ObjectPath path) throws ModelNotExistException {
    throw new ModelNotExistException(getName(), path);
  }

  @Override
  public boolean modelExists(ObjectPath path) {
    return false;
  }

  @Override
  public void createModel(ObjectPath path, CatalogModel model, boolean ignoreIfExists) {
    throw notKept("a model", path.toString()).withHint("Use CREATE TEMPORARY MODEL.");
  }

  @Override
  public void dropModel(ObjectPath path, boolean ignoreIfNotExists) throws ModelNotExistException {
    requireModel(path, ignoreIfNotExists);
  }

  @Override
  public void renameModel(ObjectPath path, String newName, boolean ignoreIfNotExists)
      throws ModelNotExistException {
    requireModel(path, ignoreIfNotExists);
  }

  @Override
  public void alterModel(ObjectPath path, CatalogModel changed, boolean ignoreIfNotExists)
      throws ModelNotExistException {
    requireModel(path, ignoreIfNotExists);
  }

  @Override
  public void alterModel(
      ObjectPath path, CatalogModel changed, List<ModelChange> changes, boolean ignoreIfNotExists)
      throws ModelNotExistException {
    requireModel(path, ignoreIfNotExists);
  }

  @Override
  public CatalogColumnStatistics getTableColumnStatistics(ObjectPath path)
      throws TableNotExistException {
    return CatalogColumnStatistics.UNKNOWN;
  }

  @Override
  public CatalogTableStatistics getPartitionStatistics(
      ObjectPath path, CatalogPartitionSpec partition) throws PartitionNotExistException {
    return CatalogTableStatistics.UNKNOWN;
  }

  @Override
  public CatalogColumnStatistics getPartitionColumnStatistics(
      ObjectPath path, CatalogPartitionSpec partition) throws PartitionNotExistException {
    return CatalogColumnStatistics.UNKNOWN;
  }

  @Override
  public void alterTableStatistics(
      ObjectPath path, CatalogTableStatistics statistics, boolean ignoreIfNotExists) {
    throw statisticsAreDerived(path);
  }

  @Override
  public void alterTableColumnStatistics(
      ObjectPath path, CatalogColumnStatistics statistics, boolean ignoreIfNotExists) {
    throw statisticsAreDerived(path);
  }

  @Override
  public void alterPartitionStatistics(
      ObjectPath path,
      CatalogPartitionSpec partition,
      CatalogTableStatistics statistics,
      boolean ignoreIfNotExists) {
    throw statisticsAreDerived(path);
  }

  @Override
  public void alterPartitionColumnStatistics(
      ObjectPath path,
      CatalogPartitionSpec partition,
      CatalogColumnStatistics statistics,
      boolean ignoreIfNotExists) {
    throw statisticsAreDerived(path);
  }

  private void requireModel(ObjectPath path, boolean ignoreIfNotExists)
      throws ModelNotExistException {
    if (!ignoreIfNotExists) {
      throw new ModelNotExistException(getName(), path);
    }
  }

  private static OrochiException statisticsAreDerived(ObjectPath path) {
    return notKept("statistics", "of " + path)
        .withDetail("The planner reads them from the table's newest snapshot, always fresh.")
        .withHint("Leave out ANALYZE TABLE.");
  }

  private static OrochiException notKept(String what, String which) {
    return OrochiException.of(
        OrochiErrorCode.STATEMENT_NOT_SUPPORTED,
        "Cannot keep " + what + " in this catalog: " + which);
  }

  private static OrochiException notFound(String kind, ObjectPath path) {
    return OrochiException.of(
        OrochiErrorCode.RELATION_NOT_FOUND, "Cannot find " + kind + ": " + path);
  }

  private interface Answer<T> {
    T of() throws TableNotExistException, TableNotPartitionedException, PartitionNotExistException;
  }

  /** For methods whose contract has no exception for a table that is gone or has no partitions. */
  private static <T> T existing(Answer<T> answer) {
    try {
      return answer.of();
    } catch (TableNotExistException | PartitionNotExistException gone) {
      throw OrochiException.of(
              OrochiErrorCode.RELATION_NOT_FOUND, "Cannot find: " + gone.getMessage())
          .causedBy(gone);
    } catch (TableNotPartitionedException notPartitioned) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, String.valueOf(notPartitioned.getMessage()))
          .withDetail("Only columns of PARTITIONED BY have partitions to Flink.")
          .withHint("CALL sys.show_chunks lists the chunks of a hypertable.")
          .causedBy(notPartitioned);
    }
  }
}
