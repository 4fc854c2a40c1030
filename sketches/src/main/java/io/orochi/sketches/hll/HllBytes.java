package io.orochi.sketches.hll;

import io.orochi.sketches.error.SketchException;
import org.apache.datasketches.common.SketchesArgumentException;
import org.apache.datasketches.hll.HllSketch;

/** Reads the bytes of a DataSketches HLL sketch of any of its types. */
final class HllBytes {
  private HllBytes() {}

  /**
   * @param function names the caller in errors
   */
  static HllSketch read(String function, byte[] bytes) {
    try {
      return HllSketch.heapify(bytes);
    } catch (SketchesArgumentException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | AssertionError damaged) {
      throw SketchException.unreadable(function, damaged);
    }
  }
}
