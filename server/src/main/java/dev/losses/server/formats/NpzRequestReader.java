package dev.losses.server.formats;

import dev.losses.server.codec.DecodedArray;
import dev.losses.server.codec.NpzReader;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.server.http.RequestBody;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Reads a body that is a .npz: the inputs, weights and mask by their names. */
final class NpzRequestReader {
  private NpzRequestReader() {}

  static void read(RequestBody body, RequestDraft draft) throws IOException {
    Set<String> allowed = new LinkedHashSet<>(draft.expected().inputNames());
    allowed.addAll(ArrayFields.OPTIONAL);
    Map<String, DecodedArray> arrays =
        NpzReader.read(body.stream(), allowed, body.mostUnpacked(), body.allowance());
    arrays.forEach((name, array) -> {
      if (draft.begin(name)) {
        ArrayFields.take(draft, name, array);
      }
    });
  }
}
