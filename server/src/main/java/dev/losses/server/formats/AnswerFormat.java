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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.HttpMediaTypeNotAcceptableException;

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

  /** All of them. */
  public static final Set<AnswerFormat> ALL = Set.copyOf(EnumSet.allOf(AnswerFormat.class));

  private final String mediaType;

  AnswerFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /**
   * The one that the Accept header likes best; JSON where it does not care.
   *
   * @throws HttpMediaTypeNotAcceptableException when it likes none of those on offer
   */
  public static AnswerFormat accepted(@Nullable String accept, Set<AnswerFormat> offered)
      throws HttpMediaTypeNotAcceptableException {
    if (accept == null || accept.isBlank() || accept.equals(MediaType.ALL_VALUE)) {
      return JSON;
    }
    List<MediaType> wanted = parsed(accept);
    return wanted.stream()
        .filter(type -> type.getQualityValue() > 0)
        .flatMap(type -> offered.stream().sorted().filter(format -> type.includes(format.type())))
        .findFirst()
        .orElseThrow(() -> new HttpMediaTypeNotAcceptableException(
            offered.stream().sorted().map(AnswerFormat::type).toList()));
  }

  private static List<MediaType> parsed(String accept) {
    try {
      List<MediaType> wanted = new ArrayList<>(MediaType.parseMediaTypes(accept));
      MimeTypeUtils.sortBySpecificity(wanted);
      wanted.sort((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()));
      return wanted;
    } catch (InvalidMediaTypeException | InvalidMimeTypeException e) {
      throw new ProblemException(
          Problem.of(HttpStatus.NOT_ACCEPTABLE, "The Accept header cannot be read."));
    }
  }

  private MediaType type() {
    return MediaType.parseMediaType(mediaType);
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
