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

  private MediaTypes() {}
}
