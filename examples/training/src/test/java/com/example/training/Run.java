package com.example.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

/** What an example printed, and with which code it ended. */
record Run(int exitCode, String printed, String complaint) {

  static Run of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = Training.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
    return new Run(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The number after a name in the line that starts with a word. */
  double number(String line, String name) {
    return number(printed, line, name);
  }

  static double number(String printed, String line, String name) {
    Matcher matcher = Pattern.compile(
            "^" + Pattern.quote(line) + " .*?" + Pattern.quote(name) + " (-?[\\d.,]+)",
            Pattern.MULTILINE)
        .matcher(printed);
    assertTrue(matcher.find(), printed);
    return Double.parseDouble(matcher.group(1).replace(",", ""));
  }

  /** A picture that was written; not well-formed, it is an exception. */
  static Document svg(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }
}
