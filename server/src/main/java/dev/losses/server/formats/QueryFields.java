package dev.losses.server.formats;

import dev.losses.server.exchange.RequestDraft;
import dev.losses.server.exchange.TextFields;
import dev.losses.server.json.JsonParts;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Takes what the query of a request says beside its body. */
public final class QueryFields {
  private QueryFields() {}

  static void take(RequestDraft draft, @Nullable String query) {
    forEach(query, (name, text) -> take(draft, name, text));
  }

  /** Hands out the names and texts of an undecoded query. */
  public static void forEach(@Nullable String query, BiConsumer<String, String> field) {
    if (query == null) {
      return;
    }
    UriComponentsBuilder.newInstance()
        .query(query)
        .build()
        .getQueryParams()
        .forEach((name, values) -> values.forEach(
            value -> field.accept(decoded(name), value == null ? "" : decoded(value))));
  }

  private static void take(RequestDraft draft, String name, String text) {
    if (name.equals(draft.expected().lossField())) {
      if (draft.begin(name)) {
        JsonParts.lossField(draft, text.getBytes(StandardCharsets.UTF_8));
      }
    } else if (ArrayFields.has(draft, name)) {
      draft
          .violations()
          .add(RequestDraft.pointer(name), "belongs into the body, not into the query");
    } else if (!TextFields.take(draft, name, text)) {
      draft.unknown(name);
    }
  }

  private static String decoded(String text) {
    try {
      return UriUtils.decode(text.replace('+', ' '), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.of(HttpStatus.BAD_REQUEST, "The query is not valid UTF-8 with % escapes."));
    }
  }
}
