package dev.losses.server.formats;

import dev.losses.engine.Violation;
import dev.losses.server.codec.DecodedArray;
import dev.losses.server.codec.NpzReader;
import dev.losses.server.codec.UnknownArrayException;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.server.http.RequestBody;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a body that is a .npz: the inputs, weights and mask by their names. */
final class NpzRequestReader {
  private NpzRequestReader() {}

  static void read(RequestBody body, RequestDraft draft) throws IOException {
    Set<String> allowed = new LinkedHashSet<>(draft.expected().inputNames());
    allowed.addAll(ArrayFields.OPTIONAL);
    try {
      Map<String, DecodedArray> arrays =
          NpzReader.read(body.stream(), allowed, body.mostUnpacked(), body.allowance());
      arrays.forEach((name, array) -> {
        if (draft.begin(name)) {
          ArrayFields.take(draft, name, array);
        }
      });
    } catch (UnknownArrayException e) {
      // As numpy names arrays that are given no names.
      String hint =
          e.array().matches("arr_[0-9]+") ? "; name them, as in numpy.savez(file, y_true=...)" : "";
      Violation violation = new Violation(RequestDraft.pointer(e.array()), e.getMessage() + hint);
      // The rest is not read, so that nothing can be said of what is missing.
      throw new ProblemException(
          Problem.of(ProblemType.INVALID_REQUEST, violation.message() + ".", List.of(violation)));
    }
  }
}
