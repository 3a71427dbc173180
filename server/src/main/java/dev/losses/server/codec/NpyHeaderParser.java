package dev.losses.server.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one Python literal that is the header of a .npy file: a dict with the keys descr, fortran_order and shape,
 * in any order, each once. Of Python it knows nothing else: numbers have no signs, strings no escapes.
 */
final class NpyHeaderParser {
  /** Of numpy before 2. */
  private static final int MOST_AXES = 32;

  private final String text;
  private int at;
  private @Nullable NpyDescr descr;
  private @Nullable Boolean fortranOrder;
  private @Nullable List<Integer> shape;

  private NpyHeaderParser(String text) {
    this.text = text;
  }

  /**
   * Parses the text of a header, of which each character was one byte.
   *
   * @throws FormatException when it is anything else, or means an array that is not read
   */
  static NpyHeader parse(String text) {
    return new NpyHeaderParser(text).header();
  }

  private NpyHeader header() {
    expect('{', "'{'");
    while (peek() != '}') {
      entry();
      if (peek() != '}') {
        expect(',', "',' or '}'");
      }
    }
    at++;
    peek();
    if (at < text.length()) {
      throw unexpected("nothing more");
    }
    if (descr == null || fortranOrder == null || shape == null) {
      throw new FormatException("The header has no "
          + (descr == null ? "'descr'" : fortranOrder == null ? "'fortran_order'" : "'shape'"));
    }
    return new NpyHeader(descr.type(), descr.order(), fortranOrder, shape);
  }

  private void entry() {
    String key = string("a key in quotes");
    expect(':', "':'");
    switch (key) {
      case "descr" -> {
        refuseRepetition(key, descr);
        descr = descr();
      }
      case "fortran_order" -> {
        refuseRepetition(key, fortranOrder);
        fortranOrder = truth();
      }
      case "shape" -> {
        refuseRepetition(key, shape);
        shape = shape();
      }
      default ->
        throw new FormatException("The header has the key " + Excerpt.of(key)
            + "; only 'descr', 'fortran_order' and 'shape' are known");
    }
  }

  private static void refuseRepetition(String key, @Nullable Object before) {
    if (before != null) {
      throw new FormatException("The header has the key '" + key + "' twice");
    }
  }

  private NpyDescr descr() {
    if ("[({".indexOf(peek()) >= 0) {
      throw new FormatException(NpyDescr.STRUCTURED);
    }
    return NpyDescr.parse(string("a dtype in quotes"));
  }

  private boolean truth() {
    peek();
    for (String word : List.of("True", "False")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw unexpected("True or False");
  }

  private List<Integer> shape() {
    expect('(', "'('");
    List<Integer> axes = new ArrayList<>();
    boolean comma = true;
    while (peek() != ')') {
      if (!comma) {
        throw unexpected("',' or ')'");
      }
      axes.add(axis(axes.size()));
      comma = peek() == ',';
      at += comma ? 1 : 0;
    }
    if (axes.size() == 1 && !comma) {
      throw new FormatException("The shape (" + axes.get(0)
          + ") is a number to Python; one axis is written (" + axes.get(0) + ",)");
    }
    at++;
    return axes;
  }

  private int axis(int number) {
    if (number == MOST_AXES) {
      throw new FormatException("The shape has more than " + MOST_AXES + " axes");
    }
    if (peek() == '-') {
      throw new FormatException("The shape's axis " + number + " is negative");
    }
    int start = at;
    long value = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = Math.min(value * 10 + text.charAt(at++) - '0', Integer.MAX_VALUE + 1L);
    }
    if (at == start || (text.charAt(start) == '0' && at > start + 1)) {
      at = start;
      throw unexpected("a whole number");
    }
    if (value > Integer.MAX_VALUE) {
      throw new FormatException("The shape's axis " + number + " is longer than an array can be");
    }
    return (int) value;
  }

  private String string(String expected) {
    char quote = peek();
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    if (end < 0) {
      throw unexpected(expected);
    }
    String string = text.substring(at + 1, end);
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c < ' ' || c > '~' || c == '\\') {
        at += 1 + i;
        throw unexpected("a plain character");
      }
    }
    at = end + 1;
    return string;
  }

  private void expect(char wanted, String described) {
    if (peek() != wanted) {
      throw unexpected(described);
    }
    at++;
  }

  /** The next character that is no white space; 0 at the end. */
  private char peek() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private FormatException unexpected(String expected) {
    String found = at == text.length()
        ? "the header's end"
        : text.charAt(at) >= ' ' && text.charAt(at) <= '~'
            ? "'" + text.charAt(at) + "'"
            : "the byte " + (int) text.charAt(at);
    return new FormatException("The header is not as numpy writes it: expected " + expected
        + " at its character " + at + ", found " + found);
  }
}
