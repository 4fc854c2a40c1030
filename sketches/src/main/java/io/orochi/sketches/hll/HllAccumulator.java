package io.orochi.sketches.hll;

import io.orochi.sketches.error.SketchException;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;

/**
 * A HyperLogLog sketch while it is built or merged. Until the first value its precision is open; a
 * merge takes the lower of two precisions. Used by one thread.
 */
public final class HllAccumulator {
  /** Base-2 logarithm of the number of registers: 4,096 registers, at most 4 kB. */
  static final int LG_K_DEFAULT = 12;

  static final int LG_K_MIN = 4;
  static final int LG_K_MAX = 21;

  private Union union;

  /** Opens the sketch with a precision; has no effect on one that is open. */
  void open(String function, int lgK) {
    if (union == null) {
      if (lgK < LG_K_MIN || lgK > LG_K_MAX) {
        throw SketchException.outOfRange(function, "lg_k", lgK, LG_K_MIN, LG_K_MAX);
      }
      union = new Union(lgK);
    }
  }

  boolean isOpen() {
    return union != null;
  }

  /** Only for one that is open. */
  Union union() {
    return union;
  }

  void merge(HllAccumulator other) {
    if (other.union != null) {
      merge(other.union.getResult(TgtHllType.HLL_8));
    }
  }

  /** The library keeps the higher precision while the other sketch is small; this never does. */
  void merge(HllSketch sketch) {
    if (union == null) {
      union = new Union(sketch.getLgConfigK());
    } else if (sketch.getLgConfigK() < union.getLgConfigK()) {
      HllSketch finer = union.getResult(TgtHllType.HLL_8);
      union = new Union(sketch.getLgConfigK());
      union.update(finer);
    }
    union.update(sketch);
  }

  void reset() {
    union = null;
  }

  double estimate() {
    return union == null ? 0 : union.getEstimate();
  }

  /** The bytes of a compact DataSketches sketch of type HLL_4. */
  byte[] toBytes() {
    Union built = union == null ? new Union(LG_K_DEFAULT) : union;
    return built.getResult(TgtHllType.HLL_4).toCompactByteArray();
  }

  HllAccumulator copy() {
    HllAccumulator copy = new HllAccumulator();
    copy.merge(this);
    return copy;
  }
}
