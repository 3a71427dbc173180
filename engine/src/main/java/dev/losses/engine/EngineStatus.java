package dev.losses.engine;

import dev.losses.engine.internal.compiler.KernelLibrary;
import dev.losses.engine.internal.compiler.Simd;
import dev.losses.engine.internal.kernel.Tier;
import dev.losses.engine.internal.kernel.Workers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the engine makes of this JVM.
 *
 * @param simd whether formulas are compiled to SIMD kernels
 * @param reason why, or how to switch it on
 * @param vectorBits the bits of a vector register; 0 without SIMD
 * @param threads how many threads compute a large evaluation
 * @param kernels how many kernels are in use, by tier: {@code interpreted}, {@code compiling}, {@code compiled},
 *     {@code refused}
 */
public record EngineStatus(
    boolean simd, String reason, int vectorBits, int threads, Map<String, Long> kernels) {

  /** What it is now. */
  public static EngineStatus now() {
    Map<String, Long> kernels = new LinkedHashMap<>();
    KernelLibrary.shared()
        .counts()
        .forEach(
            (Tier tier, Long count) -> kernels.put(tier.name().toLowerCase(Locale.ROOT), count));
    Simd simd = Simd.here();
    return new EngineStatus(
        simd.isThere(),
        simd.reason(),
        simd.bits().orElse(0),
        Workers.shared().threads(),
        Collections.unmodifiableMap(kernels));
  }
}
