package io.orochi.connectors.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * The rows of one host after another at one step: the shape of TSBS's devops cpu-only data (time,
 * ten tags, ten metrics), values walking at random between 0 and 100.
 *
 * <p>A walk begins anew every {@value #BLOCK_STEPS} steps at a place that seed and host decide, so
 * that any step can be reached by walking at most one block. Not safe for threads.
 */
public final class FleetRows {
  static final int BLOCK_STEPS = 4096;
  private static final int METRICS = 10;
  private static final int TAGS = 10;
  private static final String[] TAG_NAMES = {
    "hostname",
    "region",
    "datacenter",
    "rack",
    "os",
    "arch",
    "team",
    "service",
    "service_version",
    "service_environment"
  };
  private static final String[] METRIC_NAMES = {
    "usage_user",
    "usage_system",
    "usage_idle",
    "usage_nice",
    "usage_iowait",
    "usage_irq",
    "usage_softirq",
    "usage_steal",
    "usage_guest",
    "usage_guest_nice"
  };
  private static final String[] REGIONS = {
    "us-east-1",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "eu-central-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "sa-east-1"
  };
  private static final String[] SYSTEMS = {"Ubuntu16.10", "Ubuntu16.04LTS", "Ubuntu15.10"};
  private static final String[] TEAMS = {"SF", "NYC", "LON", "CHI"};
  private static final String[] ENVIRONMENTS = {"production", "staging", "test"};

  private final FleetConfig config;
  private final int firstHost;
  private final StringData[][] tags;
  private final double[][] walks;
  private long step = -1;

  FleetRows(FleetConfig config, int firstHost, int endHost) {
    this.config = config;
    this.firstHost = firstHost;
    this.tags = new StringData[endHost - firstHost][];
    this.walks = new double[endHost - firstHost][METRICS];
    for (int i = 0; i < tags.length; i++) {
      tags[i] = tagsOf(firstHost + i);
    }
  }

  /** Columns in TSBS's order: ts, tags, metrics; ts and hostname are NOT NULL. */
  public static RowType rowType() {
    List<RowType.RowField> fields = new ArrayList<>();
    fields.add(new RowType.RowField("ts", new LocalZonedTimestampType(false, 6)));
    for (String tag : TAG_NAMES) {
      LogicalType text = new VarCharType(!tag.equals("hostname"), VarCharType.MAX_LENGTH);
      fields.add(new RowType.RowField(tag, text));
    }
    for (String metric : METRIC_NAMES) {
      fields.add(new RowType.RowField(metric, new DoubleType()));
    }
    return new RowType(false, fields);
  }

  int hosts() {
    return tags.length;
  }

  /** Walks every host to a step, which is most often the next. */
  void moveTo(long newStep) {
    long from = step + 1;
    if (newStep < step || newStep / BLOCK_STEPS != step / BLOCK_STEPS || step < 0) {
      from = newStep - newStep % BLOCK_STEPS;
    }
    for (long s = from; s <= newStep; s++) {
      for (int host = 0; host < walks.length; host++) {
        walk(walks[host], firstHost + host, s);
      }
    }
    step = newStep;
  }

  private void walk(double[] values, int host, long at) {
    long state = mix(config.seed() ^ mix(host * 0x9e3779b97f4a7c15L ^ mix(at)));
    boolean anew = at % BLOCK_STEPS == 0;
    for (int metric = 0; metric < METRICS; metric++) {
      state += 0x9e3779b97f4a7c15L;
      long random = mix(state);
      if (anew) {
        values[metric] = (random >>> 11) * 0x1.0p-53 * 100;
      } else {
        double moved = values[metric] + normal(random);
        values[metric] = moved < 0 ? 0 : Math.min(moved, 100);
      }
    }
  }

  /** Four uniform parts added: close to a normal distribution of variance 1. */
  private static double normal(long bits) {
    long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return (sum - 131_070) * (1.7320508 / 65_536);
  }

  /** The finaliser of SplittableRandom (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** The row of a host at the step moved to; its tags are shared between rows. */
  GenericRowData row(int host) {
    GenericRowData row = new GenericRowData(1 + TAGS + METRICS);
    row.setField(0, time());
    for (int tag = 0; tag < TAGS; tag++) {
      row.setField(1 + tag, tags[host][tag]);
    }
    for (int metric = 0; metric < METRICS; metric++) {
      row.setField(1 + TAGS + metric, walks[host][metric]);
    }
    return row;
  }

  private TimestampData time() {
    long micros = config.startMicros() + step * config.intervalMicros();
    return TimestampData.fromEpochMillis(
        Math.floorDiv(micros, 1000L), (int) Math.floorMod(micros, 1000L) * 1000);
  }

  private StringData[] tagsOf(int host) {
    SplittableRandom random = new SplittableRandom(mix(config.seed() + 31L * host));
    String region = REGIONS[random.nextInt(REGIONS.length)];
    String[] texts = {
      "host_" + host,
      region,
      region + (char) ('a' + random.nextInt(3)),
      Integer.toString(random.nextInt(100)),
      SYSTEMS[random.nextInt(SYSTEMS.length)],
      random.nextBoolean() ? "x64" : "x86",
      TEAMS[random.nextInt(TEAMS.length)],
      Integer.toString(random.nextInt(20)),
      Integer.toString(random.nextInt(2)),
      ENVIRONMENTS[random.nextInt(ENVIRONMENTS.length)]
    };
    StringData[] made = new StringData[TAGS];
    for (int i = 0; i < TAGS; i++) {
      made[i] = StringData.fromString(texts[i]);
    }
    return made;
  }
}
