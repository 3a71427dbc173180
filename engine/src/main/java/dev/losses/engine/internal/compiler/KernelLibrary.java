package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Request;
import dev.losses.engine.internal.graph.Structure;
import dev.losses.engine.internal.kernel.KernelSource;
import dev.losses.engine.internal.kernel.RowLength;
import dev.losses.engine.internal.kernel.Tier;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kernels in use. Formulas of one structure share theirs, whatever their numbers; a kernel lives as long as a bound
 * loss that uses it.
 */
public final class KernelLibrary implements KernelSource {
  private static final KernelLibrary SHARED = new KernelLibrary(new Compilations());

  private final Compilations compilations;
  private final Map<Key, Entry> kernels = new HashMap<>();
  private final ReferenceQueue<TieredKernel> unused = new ReferenceQueue<>();

  private record Key(Structure structure, Request request, Walk walk) {}

  private static final class Entry extends WeakReference<TieredKernel> {
    final Key key;

    Entry(Key key, TieredKernel kernel, ReferenceQueue<TieredKernel> unused) {
      super(kernel, unused);
      this.key = key;
    }
  }

  KernelLibrary(Compilations compilations) {
    this.compilations = compilations;
  }

  /** The library that all evaluations share. */
  public static KernelLibrary shared() {
    return SHARED;
  }

  @Override
  public TieredKernel kernel(Structure structure, Request request, RowLength rows) {
    Key key = new Key(structure, request, Walk.of(request.byRow(), rows));
    @Nullable TieredKernel known = known(key);
    if (known != null) {
      return known;
    }
    // Outside the lock: a large formula takes its time.
    TieredKernel kernel = new TieredKernel(structure, request, compilations);
    if (Simd.here().isEager()) {
      kernel.publish(new CompiledKernel(kernel.graph(), request.dtype(), rows));
    }
    synchronized (kernels) {
      known = known(key);
      if (known == null) {
        kernels.put(key, new Entry(key, kernel, unused));
        return kernel;
      }
      return known;
    }
  }

  private @Nullable TieredKernel known(Key key) {
    synchronized (kernels) {
      forgetUnused();
      @Nullable Entry entry = kernels.get(key);
      return entry == null ? null : entry.get();
    }
  }

  @Override
  public String outlook() {
    return compilations.areOffered()
        ? "it will be compiled once it has been used enough"
        : compilations.whyNot();
  }

  /** How many kernels are in use, by how they compute. */
  public Map<Tier, Long> counts() {
    Map<Tier, Long> counts = new EnumMap<>(Tier.class);
    for (Tier tier : Tier.values()) {
      counts.put(tier, 0L);
    }
    synchronized (kernels) {
      forgetUnused();
      for (Entry entry : kernels.values()) {
        @Nullable TieredKernel kernel = entry.get();
        if (kernel != null) {
          counts.merge(kernel.status().tier(), 1L, Long::sum);
        }
      }
    }
    return counts;
  }

  private void forgetUnused() {
    for (Reference<?> gone = unused.poll(); gone != null; gone = unused.poll()) {
      Entry entry = (Entry) gone;
      kernels.remove(entry.key, entry);
    }
  }
}
