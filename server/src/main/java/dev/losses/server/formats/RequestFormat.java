package dev.losses.server.formats;

import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;

/** What a request comes as. */
public enum RequestFormat {
  /** One object. */
  JSON(MediaTypes.JSON),
  /** A form with a part for each field. */
  FORM(MediaTypes.FORM),
  /** A file with several arrays of numpy. */
  NPZ(MediaTypes.NPZ),
  /** Rows as JSON, one object a line, to be computed as they come. */
  NDJSON(MediaTypes.NDJSON, MediaTypes.JSONL),
  /** Rows as Arrow's record batches, to be computed as they come. */
  ARROW_STREAM(MediaTypes.ARROW_STREAM);

  /** Those that are held as a whole. */
  public static final Set<RequestFormat> WHOLE = Set.copyOf(EnumSet.of(JSON, FORM, NPZ));

  /** All of them. */
  public static final Set<RequestFormat> ALL = Set.copyOf(EnumSet.allOf(RequestFormat.class));

  @SuppressWarnings("ImmutableEnumChecker") // It is unmodifiable.
  private final List<String> names;

  RequestFormat(String... names) {
    this.names = List.of(names);
  }

  /**
   * The format that a Content-Type names.
   *
   * @throws HttpMediaTypeNotSupportedException when it names none of those allowed
   */
  public static RequestFormat of(@Nullable String contentType, Set<RequestFormat> allowed)
      throws HttpMediaTypeNotSupportedException {
    if (MediaTypes.JSON.equals(contentType)) {
      return JSON;
    }
    MediaType type = contentType == null ? null : parsed(contentType, allowed);
    return Arrays.stream(values())
        .filter(format -> allowed.contains(format) && type != null && format.includes(type))
        .findFirst()
        .orElseThrow(() -> new HttpMediaTypeNotSupportedException(type, mediaTypes(allowed)));
  }

  /** Whether what is in a body of that Content-Type may be larger than the body. */
  public static boolean isPacked(@Nullable String contentType) {
    return contentType != null
        && contentType.regionMatches(true, 0, MediaTypes.NPZ, 0, MediaTypes.NPZ.length());
  }

  private static MediaType parsed(String contentType, Set<RequestFormat> allowed) {
    try {
      return MediaType.parseMediaType(contentType);
    } catch (InvalidMediaTypeException e) {
      String words =
          mediaTypes(allowed).stream().map(MediaType::toString).collect(Collectors.joining(" or "));
      throw new ProblemException(Problem.of(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "The Content-Type cannot be read; send " + words + "."));
    }
  }

  private boolean includes(MediaType type) {
    return names.stream().anyMatch(name -> MediaType.parseMediaType(name).includes(type));
  }

  private static List<MediaType> mediaTypes(Set<RequestFormat> formats) {
    return formats.stream()
        .sorted()
        .map(format -> MediaType.parseMediaType(format.names.get(0)))
        .toList();
  }
}
