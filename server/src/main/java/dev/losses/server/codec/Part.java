package dev.losses.server.codec;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A part of a form.
 *
 * @param name the field's
 * @param filename the file's whose content it is, if the sender told
 * @param mediaType the content's, in lower case and without parameters, if the sender told
 * @param content what is in it, to be read before the next part is asked for; throws a {@link FormatException} where
 *     the body ends within it
 */
public record Part(
    String name, @Nullable String filename, @Nullable String mediaType, InputStream content) {}
