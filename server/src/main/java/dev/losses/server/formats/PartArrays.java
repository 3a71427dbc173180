package dev.losses.server.formats;

import dev.losses.server.codec.CsvReader;
import dev.losses.server.codec.FormatException;
import dev.losses.server.codec.NpyReader;
import dev.losses.server.codec.Part;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.server.http.RequestBody;
import dev.losses.server.json.JsonParts;
import dev.losses.spi.Tensor;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a part of a form that is an array: .npy, numbers as JSON, or CSV. */
final class PartArrays {
  private static final int NPY_MAGIC = 0x93;

  private final RequestBody body;
  private final RequestDraft draft;
  /** Of all parts together, some of which are waiting in a buffer. */
  private final long mostBytes;

  PartArrays(RequestBody body, RequestDraft draft) {
    this.body = body;
    this.draft = draft;
    this.mostBytes = body.mostLeft();
  }

  /** @throws FormatException when the part is not what it seems to be */
  void read(Part part) throws IOException {
    String name = part.name();
    PushbackInputStream content = new PushbackInputStream(part.content(), 1);
    switch (kind(part, content)) {
      case NPY ->
        ArrayFields.take(draft, name, NpyReader.readWhole(content, mostBytes, body.allowance()));
      case CSV -> ArrayFields.take(draft, name, CsvReader.read(content, body.allowance()));
      case JSON -> {
        if (name.equals("mask")) {
          draft.mask(JsonParts.mask(draft, name, content, body.allowance()));
          return;
        }
        Tensor tensor = JsonParts.tensor(draft, name, content, body.allowance());
        if (tensor != null) {
          ArrayFields.take(draft, name, tensor);
        }
      }
    }
  }

  private enum Kind {
    NPY,
    CSV,
    JSON
  }

  /** By what its sender says it is; else by its first byte. */
  private static Kind kind(Part part, PushbackInputStream content) throws IOException {
    int first = content.read();
    if (first >= 0) {
      content.unread(first);
    }
    if (first == NPY_MAGIC || says(part, "npy", MediaTypes.NPY)) {
      return Kind.NPY;
    }
    if (says(part, "npz", MediaTypes.NPZ)) {
      throw new FormatException(
          "a .npz holds several arrays; send it as the whole body, with Content-Type "
              + MediaTypes.NPZ);
    }
    if (says(part, "csv", "text/csv")) {
      return Kind.CSV;
    }
    boolean json = part.filename() == null || first == '[' || says(part, "json", MediaTypes.JSON);
    return json ? Kind.JSON : Kind.CSV;
  }

  private static boolean says(Part part, String extension, String mediaType) {
    @Nullable String filename = part.filename();
    return mediaType.equals(part.mediaType())
        || (filename != null && filename.toLowerCase(Locale.ROOT).endsWith("." + extension));
  }
}
