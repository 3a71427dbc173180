package dev.losses.server.codec;

import dev.losses.spi.Tensor;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV of numbers, as numpy.savetxt with {@code delimiter=","} and pandas with {@code index=False} write it: a line
 * for each row, in UTF-8, with or without a first line of names. Names that are numbers are read as a row.
 */
public final class CsvReader {
  private final CsvFields fields;
  private final Doubles values;
  private int columns;
  /** What is wrong with the first line if not all of it are names. */
  private @Nullable FormatException firstName;

  private CsvReader(InputStream in, Allowance allowance) throws IOException {
    this.fields = new CsvFields(in);
    this.values = new Doubles(allowance);
  }

  /**
   * Reads all numbers.
   *
   * @param in which this does not close
   * @return in float64, of shape [n] for a single column, else [rows, columns]
   * @throws FormatException when it is not such CSV
   * @throws IOException when the stream does
   */
  public static Tensor read(InputStream in, Allowance allowance) throws IOException {
    return new CsvReader(in, allowance).read();
  }

  private Tensor read() throws IOException {
    while (fields.next()) {
      if (fields.isBlankLine()) {
        endAtBlankLine();
        break;
      }
      if (fields.isNumber()) {
        values.add(inRange(fields.number()));
      } else {
        addName();
      }
      if (fields.endsLine()) {
        endLine();
      }
    }
    if (values.size() == 0) {
      throw new FormatException("the CSV has no numbers");
    }
    return columns == 1
        ? Tensor.of(values.toArray(), values.size())
        : Tensor.of(values.toArray(), values.size() / columns, columns);
  }

  private void endAtBlankLine() throws IOException {
    FormatException blank = fields.wrong(
        "the line is blank; write NaN for a missing value, and no blank line but the last");
    if (fields.next()) {
      throw blank;
    }
  }

  private double inRange(double number) {
    if (Double.isInfinite(number) && fields.text().chars().anyMatch(Character::isDigit)) {
      throw fields.wrong(Excerpt.of(fields.text())
          + " is beyond the range of float64; write inf if that is meant");
    }
    return number;
  }

  private void addName() {
    String text = fields.text();
    FormatException notANumber = fields.wrong(NotANumber.describe(text) + pandasIndex(text));
    if (fields.line() > 1 || !NotANumber.isName(text)) {
      throw notANumber;
    }
    firstName = firstName == null ? notANumber : firstName;
  }

  private String pandasIndex(String text) {
    boolean unnamed = text.isEmpty() && fields.line() == 1 && fields.column() == 1;
    return unnamed ? "; if this is the index of a pandas frame, leave it out with index=False" : "";
  }

  private void endLine() {
    if (columns == 0) {
      columns = fields.column();
      if (firstName != null && values.size() > 0) {
        throw firstName;
      }
    } else if (columns != fields.column()) {
      throw new FormatException("line " + fields.line() + " has " + fields(fields.column())
          + " where line 1 has " + fields(columns));
    }
  }

  private static String fields(int count) {
    return count == 1 ? "1 field" : count + " fields";
  }
}
