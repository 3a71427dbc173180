package dev.losses.server.formats;

import org.springframework.http.MediaType;

/** The names of the formats. */
public final class MediaTypes {
  /** JSON. */
  public static final String JSON = MediaType.APPLICATION_JSON_VALUE;

  /** A form, one part for each field. */
  public static final String FORM = MediaType.MULTIPART_FORM_DATA_VALUE;

  /** numpy's format for an array. */
  public static final String NPY = "application/x-npy";

  /** numpy's format for several named arrays. */
  public static final String NPZ = "application/x-npz";

  /** JSON, one object a line. */
  public static final String NDJSON = "application/x-ndjson";

  /** The same by its other name. */
  public static final String JSONL = "application/jsonl";

  /** Arrow's format for record batches that follow one another. */
  public static final String ARROW_STREAM = "application/vnd.apache.arrow.stream";

  private MediaTypes() {}
}
