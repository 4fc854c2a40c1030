package io.orochi.gateway.statement;

import io.orochi.gateway.change.ChangePlanner;
import io.orochi.gateway.kernel.KernelExecutor;
import io.orochi.gateway.plan.QueryPlanner;
import io.orochi.gateway.plan.cache.PlanCache;
import io.orochi.gateway.statement.running.Statements;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;

/**
 * What statements run on, shared by all sessions.
 *
 * @param poolBytes the data a query may read on the kernel before Flink takes it
 */
public record Engines(
    QueryPlanner planner,
    ChangePlanner changes,
    PlanCache plans,
    KernelExecutor kernel,
    PipelineExecutorServiceLoader flink,
    Statements statements,
    long poolBytes) {}
