package dev.losses.server.json;

import dev.losses.server.codec.Allowance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Numbers, and the strings that stand for those JSON cannot write. They are kept in pieces, so that an array that grows is
 * never copied while it does.
 */
public final class Numbers implements Leaves {
  private static final int FIRST_PIECE = 32;
  private static final int LARGEST_PIECE = 1 << 16;

  private final Allowance allowance;
  private final List<double[]> fullPieces = new ArrayList<>();
  private double[] piece = new double[FIRST_PIECE];
  private int inPiece;
  private int inFullPieces;

  /** No numbers yet; what they take is asked for. */
  public Numbers(Allowance allowance) {
    this.allowance = allowance;
  }

  @Override
  public @Nullable String add(JsonParser parser, JsonToken token) {
    double value = NumberTokens.value(parser, token);
    if (!Double.isFinite(value)) {
      String wrong = NumberTokens.wrong(parser, token);
      if (wrong != null) {
        return wrong;
      }
    }
    append(value);
    return null;
  }

  /** Adds a number. */
  public void append(double value) {
    if (inPiece == piece.length) {
      startPiece();
    }
    piece[inPiece++] = value;
  }

  private void startPiece() {
    int length = Math.min(LARGEST_PIECE, piece.length * 2);
    allowance.take((long) length * Double.BYTES);
    fullPieces.add(piece);
    inFullPieces += piece.length;
    piece = new double[length];
    inPiece = 0;
  }

  /** All of them in one array; this object is not to be used any more. */
  public double[] toArray() {
    if (fullPieces.isEmpty() && inPiece == piece.length) {
      return piece;
    }
    int size = inFullPieces + inPiece;
    double[] all = allowance.doubles(size);
    int at = 0;
    for (double[] full : fullPieces) {
      System.arraycopy(full, 0, all, at, full.length);
      at += full.length;
    }
    System.arraycopy(piece, 0, all, at, inPiece);
    return all;
  }
}
