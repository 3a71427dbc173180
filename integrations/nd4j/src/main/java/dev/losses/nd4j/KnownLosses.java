package dev.losses.nd4j;

import dev.losses.api.LossCatalog;
import org.jspecify.annotations.Nullable;

/** The catalogue in which a name is looked up, a saved model's too, whose reader can be handed none. */
final class KnownLosses {
  private static volatile @Nullable LossCatalog catalog;

  private KnownLosses() {}

  static LossCatalog catalog() {
    LossCatalog known = catalog;
    return known == null ? load() : known;
  }

  static synchronized void use(LossCatalog other) {
    catalog = other;
  }

  /** Whether a plugin's losses are ours, and not another's that may have one of their names. */
  static boolean areBuiltIn(String plugin) {
    return plugin.equals("losses-builtin");
  }

  private static synchronized LossCatalog load() {
    LossCatalog known = catalog;
    if (known == null) {
      // Not the context class loader of whoever asks first: that may be anybody's, and this is kept
      // for all.
      known = LossCatalog.load(KnownLosses.class.getClassLoader());
      catalog = known;
    }
    return known;
  }
}
