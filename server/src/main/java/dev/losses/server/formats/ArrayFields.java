package dev.losses.server.formats;

import dev.losses.engine.Mask;
import dev.losses.server.codec.DecodedArray;
import dev.losses.server.exchange.Pointers;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.spi.Tensor;
import java.util.List;

/** Fields of a request that are arrays. */
public final class ArrayFields {
  /** Those that a request may have beside its inputs. */
  public static final List<String> OPTIONAL = List.of("sample_weight", "mask");

  private ArrayFields() {}

  /** Whether a request may have such a field. */
  public static boolean has(RequestDraft draft, String name) {
    return draft.expected().inputNames().contains(name) || OPTIONAL.contains(name);
  }

  /** Takes an array that came in a format with types. */
  public static void take(RequestDraft draft, String name, DecodedArray array) {
    if (OPTIONAL.contains(name)) {
      take(draft, name, array.tensor());
    } else {
      draft.input(name, array);
    }
  }

  /** Takes an array that came as text. */
  public static void take(RequestDraft draft, String name, Tensor tensor) {
    switch (name) {
      case "sample_weight" -> draft.sampleWeight(tensor);
      case "mask" -> mask(draft, tensor);
      default -> draft.input(name, tensor);
    }
  }

  private static void mask(RequestDraft draft, Tensor tensor) {
    boolean[] values = new boolean[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      double value = tensor.get(i);
      if (value != 0 && value != 1) {
        draft
            .violations()
            .add(
                Pointers.toElement("/mask", i, tensor.shape()),
                "expected true or false, or 1 or 0, found " + value);
        return;
      }
      values[i] = value == 1;
    }
    draft.mask(new Mask(values, tensor.shape()));
  }
}
