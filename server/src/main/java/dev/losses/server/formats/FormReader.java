package dev.losses.server.formats;

import dev.losses.server.codec.Boundary;
import dev.losses.server.codec.FormatException;
import dev.losses.server.codec.MultipartReader;
import dev.losses.server.codec.Part;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.server.exchange.TextFields;
import dev.losses.server.http.RequestBody;
import dev.losses.server.json.JsonParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a form: a part for each input, and for whatever else a request says. */
final class FormReader {
  private static final int LONGEST_TEXT = 1 << 20;

  private final RequestDraft draft;
  private final PartArrays arrays;

  private FormReader(RequestBody body, RequestDraft draft) {
    this.draft = draft;
    this.arrays = new PartArrays(body, draft);
  }

  static void read(RequestBody body, @Nullable String contentType, RequestDraft draft)
      throws IOException {
    Boundary boundary = Boundary.ofContentType(contentType);
    FormReader reader = new FormReader(body, draft);
    MultipartReader parts = new MultipartReader(body.stream(), boundary);
    for (Part part = parts.next(); part != null; part = parts.next()) {
      reader.read(part);
    }
  }

  private void read(Part part) throws IOException {
    String name = part.name();
    try {
      if (ArrayFields.has(draft, name)) {
        if (draft.begin(name)) {
          arrays.read(part);
        }
      } else if (name.equals(draft.expected().lossField())) {
        if (draft.begin(name)) {
          JsonParts.lossField(draft, text(part));
        }
      } else if (!TextFields.take(draft, name, new String(text(part), StandardCharsets.UTF_8))) {
        draft.unknown(name);
      }
    } catch (FormatException e) {
      draft.violations().add(RequestDraft.pointer(name), e.getMessage());
    }
  }

  private static byte[] text(Part part) throws IOException {
    byte[] text = part.content().readNBytes(LONGEST_TEXT + 1);
    if (text.length > LONGEST_TEXT) {
      throw new FormatException("longer than " + LONGEST_TEXT + " bytes");
    }
    return text;
  }
}
