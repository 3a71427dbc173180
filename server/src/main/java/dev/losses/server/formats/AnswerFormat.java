package dev.losses.server.formats;

import dev.losses.server.codec.NpyWriter;
import dev.losses.server.codec.NpzWriter;
import dev.losses.server.exchange.Answer;
import dev.losses.server.json.AnswerWriter;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.spi.Tensor;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** What an answer for one loss is written as. */
public enum AnswerFormat {
  /** Everything there is to say. */
  JSON(MediaTypes.JSON) {
    @Override
    void writeBody(Answer answer, HttpServletResponse response) throws IOException {
      try (AnswerWriter writer = new AnswerWriter(response.getOutputStream())) {
        writer.writeAnswer(answer);
      }
    }
  },

  /** The loss alone, as an array. */
  NPY(MediaTypes.NPY) {
    @Override
    void check(Answer answer) {
      if (!answer.result().gradients().isEmpty()) {
        throw new ProblemException(Problem.of(
            HttpStatus.NOT_ACCEPTABLE,
            MediaTypes.NPY + " holds the loss alone; for gradients accept " + MediaTypes.NPZ
                + " or " + MediaTypes.JSON + "."));
      }
    }

    @Override
    void writeBody(Answer answer, HttpServletResponse response) throws IOException {
      Tensor loss = answer.loss();
      describe(answer, NpyWriter.length(loss), response);
      NpyWriter.write(loss, response.getOutputStream());
    }
  },

  /** The loss and the gradients, each as an array. */
  NPZ(MediaTypes.NPZ) {
    @Override
    void writeBody(Answer answer, HttpServletResponse response) throws IOException {
      Map<String, Tensor> arrays = new LinkedHashMap<>();
      arrays.put("loss", answer.loss());
      answer
          .result()
          .gradients()
          .forEach((input, gradient) -> arrays.put("gradient_" + input, gradient));
      describe(answer, NpzWriter.length(arrays), response);
      NpzWriter.write(arrays, response.getOutputStream());
    }
  };

  private final String mediaType;

  AnswerFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The one that the Accept header likes best; JSON where it does not care. */
  public static AnswerFormat accepted(@Nullable String accept) {
    if (accept == null || accept.equals(MediaType.ALL_VALUE)) {
      return JSON;
    }
    List<MediaType> wanted = MediaType.parseMediaTypes(accept);
    MimeTypeUtils.sortBySpecificity(wanted);
    wanted.sort((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()));
    return wanted.stream()
        .flatMap(type -> Arrays.stream(values())
            .filter(format -> type.includes(MediaType.parseMediaType(format.mediaType))))
        .findFirst()
        .orElse(JSON);
  }

  /**
   * Writes the answer.
   *
   * @throws ProblemException when it does not fit in the format
   */
  public void write(Answer answer, HttpServletResponse response) throws IOException {
    check(answer);
    response.setContentType(mediaType);
    writeBody(answer, response);
  }

  void check(Answer answer) {}

  abstract void writeBody(Answer answer, HttpServletResponse response) throws IOException;

  /** Beside the arrays, what JSON has fields for. */
  private static void describe(Answer answer, long length, HttpServletResponse response) {
    response.setContentLengthLong(length);
    response.setHeader(
        "Losses-Source",
        answer.name() + "@" + answer.source().version() + "#" + answer.source().digest());
    answer.result().warnings().forEach(warning -> response.addHeader("Losses-Warning", warning));
  }
}
