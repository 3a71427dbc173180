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
  private static final int LONGEST_JSON = 1 << 20;
  private static final int LONGEST_WORD = 1 << 16;

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
          JsonParts.lossField(draft, text(part, LONGEST_JSON));
        }
      } else if (!TextFields.take(draft, name, word(part))) {
        draft.unknown(name);
      }
    } catch (FormatException e) {
      draft.violations().add(RequestDraft.pointer(name), e.getMessage());
    }
  }

  private static String word(Part part) throws IOException {
    return new String(text(part, LONGEST_WORD), StandardCharsets.UTF_8);
  }

  private static byte[] text(Part part, int longest) throws IOException {
    byte[] text = part.content().readNBytes(longest + 1);
    if (text.length > longest) {
      throw new FormatException("longer than " + longest + " bytes");
    }
    return text;
  }
}
