package dev.losses.server.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Takes CSV apart into fields, one after another, without the spaces and quotes around them. */
final class CsvFields {
  private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(UTF_8);
  private static final int MAX_BYTES = 1000;
  /** For a field, what ends it, and one byte more. */
  private static final int LOOK_AHEAD = MAX_BYTES + 2;

  private final InputStream in;
  private final DecimalParser decimals = new DecimalParser();
  private final byte[] bytes = new byte[64 * 1024];
  private int position;
  private int limit;
  private boolean streamEnded;

  private int from;
  private int to;
  private boolean quoted;
  private long line;
  private int column;
  private boolean endsLine = true;

  CsvFields(InputStream in) throws IOException {
    this.in = in;
    fill();
    int mark = BYTE_ORDER_MARK.length;
    position = Arrays.equals(bytes, 0, Math.min(mark, limit), BYTE_ORDER_MARK, 0, mark) ? mark : 0;
  }

  /**
   * Goes on to the next field.
   *
   * @return false if there is none
   * @throws FormatException when it does not end as fields do
   */
  boolean next() throws IOException {
    if (limit - position < LOOK_AHEAD && !streamEnded) {
      fill();
    }
    if (endsLine) {
      if (position == limit) {
        return false;
      }
      line++;
      column = 0;
    }
    column++;
    int bound = Math.min(limit, position + MAX_BYTES + 1);
    int at = skipSpaces(position, bound);
    quoted = at < bound && bytes[at] == '"';
    end(quoted ? readQuoted(at + 1, bound) : readPlain(at, bound));
    return true;
  }

  /** Where the field is, counted from 1. */
  long line() {
    return line;
  }

  /** Where in its line the field is, counted from 1. */
  int column() {
    return column;
  }

  boolean endsLine() {
    return endsLine;
  }

  boolean isBlankLine() {
    return from == to && !quoted && column == 1 && endsLine;
  }

  /** Whether the field is a number, which {@link #number()} gives then. */
  boolean isNumber() {
    return decimals.parse(bytes, from, to);
  }

  double number() {
    return decimals.value();
  }

  /**
   * The field's characters.
   *
   * @throws FormatException when its bytes stand for none
   */
  String text() {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
    } catch (CharacterCodingException e) {
      throw wrong("the text is not UTF-8");
    }
  }

  /** What is wrong with the field, and where it is. */
  FormatException wrong(String what) {
    return new FormatException("line " + line + ", column " + column + ": " + what);
  }

  private int readPlain(int start, int bound) {
    int at = start;
    while (at < bound && bytes[at] != ',' && bytes[at] != '\n') {
      at++;
    }
    from = start;
    to = isLineEnd(at - 1) && at > start ? at - 1 : at;
    return at;
  }

  private int readQuoted(int start, int bound) {
    int at = start;
    while (at < bound && bytes[at] != '\n' && (bytes[at] != '"' || isQuote(at + 1))) {
      at += bytes[at] == '"' ? 2 : 1;
    }
    from = start;
    to = at;
    if (at < bound && bytes[at] == '"') {
      at = skipSpaces(at + 1, bound);
      at += isLineEnd(at) ? 1 : 0;
      if (at < bound && bytes[at] != ',' && bytes[at] != '\n') {
        throw wrong("the field goes on after its closing quote; separate fields with commas");
      }
    } else if (at - position <= MAX_BYTES) {
      throw wrong("the field has no closing quote on its line");
    }
    return at;
  }

  private void end(int at) {
    if (at - position > MAX_BYTES) {
      throw wrong("the field is longer than the " + MAX_BYTES
          + " bytes allowed; separate fields with commas, and end lines with LF or CRLF");
    }
    from = skipSpaces(from, to);
    while (to > from && bytes[to - 1] == ' ') {
      to--;
    }
    endsLine = at == limit || bytes[at] == '\n';
    position = Math.min(limit, at + 1);
  }

  private int skipSpaces(int start, int bound) {
    int at = start;
    while (at < bound && bytes[at] == ' ') {
      at++;
    }
    return at;
  }

  private boolean isQuote(int at) {
    return at < limit && bytes[at] == '"';
  }

  /** Whether a CRLF is there. */
  private boolean isLineEnd(int at) {
    return at >= 0 && at + 1 < limit && bytes[at] == '\r' && bytes[at + 1] == '\n';
  }

  /** Has enough bytes there for a field of any length allowed, or all that are left. */
  private void fill() throws IOException {
    System.arraycopy(bytes, position, bytes, 0, limit - position);
    limit -= position;
    position = 0;
    while (limit < LOOK_AHEAD && !streamEnded) {
      int read = in.read(bytes, limit, bytes.length - limit);
      limit += Math.max(0, read);
      streamEnded = read < 0;
    }
  }
}
