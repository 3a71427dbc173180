package dev.losses.server.http;

import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.springframework.http.HttpStatus;

/** The bytes behind a Content-Encoding; what cannot be unpacked ends the request with a problem. */
final class UnpackedStream extends FilterInputStream {
  private static final int BUFFER = 1 << 16;

  private final String encoding;
  private final Inflater inflater;

  private UnpackedStream(InputStream unpacking, String encoding, Inflater inflater) {
    super(unpacking);
    this.encoding = encoding;
    this.inflater = inflater;
  }

  /** Unpacks what is in that encoding. */
  static InputStream of(InputStream packed, String encoding) {
    String name = encoding.strip().toLowerCase(Locale.ROOT);
    try {
      return switch (name) {
        case "gzip", "x-gzip" -> {
          Gzip gzip = new Gzip(packed);
          yield new UnpackedStream(gzip, name, gzip.inflater());
        }
        case "deflate" -> {
          Inflater inflater = new Inflater();
          yield new UnpackedStream(
              new InflaterInputStream(packed, inflater, BUFFER), name, inflater);
        }
        default ->
          throw new ProblemException(Problem.of(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              "The Content-Encoding is not supported; send gzip, deflate or the plain body."));
      };
    } catch (IOException e) {
      throw unreadable(name);
    }
  }

  /** Gives back memory that is not the heap's. */
  void end() {
    inflater.end();
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      throw unreadable(encoding);
    }
  }

  private static ProblemException unreadable(String encoding) {
    String format = encoding.equals("deflate") ? "deflate (zlib's format, RFC 1950)" : encoding;
    return SenderStream.unreadable(
        "The body is not what " + format + " makes, or it ended before it was complete.");
  }

  private static final class Gzip extends GZIPInputStream {
    Gzip(InputStream packed) throws IOException {
      super(packed, BUFFER);
    }

    Inflater inflater() {
      return inf;
    }
  }
}
