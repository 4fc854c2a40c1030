package io.orochi.gateway.plan.planner;

import java.util.List;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.delegation.Parser;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.planner.calcite.FlinkCalciteSqlValidator;
import org.apache.flink.table.planner.calcite.FlinkPlannerImpl;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.planner.delegation.ParserImpl;
import org.apache.flink.table.planner.delegation.PlannerBase;
import org.apache.flink.table.planner.delegation.PlannerContext;

/**
 * Flink's planner of one session with what it lacks. All statements are understood by it, whichever
 * engine runs them, and the definitions of their views too.
 *
 * <p>The overridden methods are those that both a statement and a view's definition go through; to
 * Java their names are those that Scala gives them.
 */
public final class SessionPlanner extends FlinkPlannerImpl {
  private SessionPlanner(FlinkPlannerImpl planner) {
    super(
        planner.config(),
        planner.org$apache$flink$table$planner$calcite$FlinkPlannerImpl$$catalogReaderSupplier,
        (FlinkTypeFactory) planner.cluster().getTypeFactory(),
        planner.cluster());
  }

  public static SessionPlanner of(TableEnvironmentInternal environment) {
    return new SessionPlanner(planner(environment).createFlinkPlanner());
  }

  /** What Flink's own parser of the session does, with this planner. */
  public static List<Operation> parse(String sql, TableEnvironmentInternal environment) {
    return parser(environment).parse(sql);
  }

  /**
   * Has the definitions of views understood by this planner, until another environment of the
   * session is made.
   */
  public static void readViews(TableEnvironmentInternal environment) {
    TableEnvironmentImpl session = (TableEnvironmentImpl) environment;
    boolean streaming =
        session.getConfig().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.STREAMING;
    session
        .getCatalogManager()
        .initSchemaResolver(
            streaming, session.getOperationTreeBuilder().getResolverBuilder(), parser(environment));
  }

  private static Parser parser(TableEnvironmentInternal environment) {
    PlannerContext context = planner(environment).plannerContext();
    return new ParserImpl(
        ((TableEnvironmentImpl) environment).getCatalogManager(),
        () -> of(environment),
        context::createCalciteParser,
        context.getRexFactory());
  }

  private static PlannerBase planner(TableEnvironmentInternal environment) {
    return (PlannerBase) ((TableEnvironmentImpl) environment).getPlanner();
  }

  @Override
  public SqlNode org$apache$flink$table$planner$calcite$FlinkPlannerImpl$$validate(
      SqlNode parsed, FlinkCalciteSqlValidator validator) {
    HavingAggregates.resolve(parsed, validator);
    OrderedArrays.makeNullable(parsed);
    return super.org$apache$flink$table$planner$calcite$FlinkPlannerImpl$$validate(
        parsed, validator);
  }

  @Override
  public RelRoot org$apache$flink$table$planner$calcite$FlinkPlannerImpl$$rel(
      SqlNode validated, FlinkCalciteSqlValidator validator) {
    ComparedItems.keepTypes(validated, validator);
    OrderedArrays.resolveKeys(validated, validator);
    RelRoot root =
        super.org$apache$flink$table$planner$calcite$FlinkPlannerImpl$$rel(validated, validator);
    return root.withRel(NullableItems.in(root.rel));
  }
}
