package dev.losses.server.codec;

import java.util.ArrayList;
import java.util.List;

/** Numbers of which nobody knows how many will come. They are kept in pieces, so as to be copied but once. */
final class Doubles {
  private static final int FIRST_PIECE = 1 << 7;
  private static final int LARGEST_PIECE = 1 << 17;

  private final Allowance allowance;
  private final List<double[]> full = new ArrayList<>();
  private double[] piece = new double[0];
  private int inPiece;
  private int inFull;

  Doubles(Allowance allowance) {
    this.allowance = allowance;
  }

  int size() {
    return inFull + inPiece;
  }

  void add(double value) {
    if (inPiece == piece.length) {
      grow();
    }
    piece[inPiece++] = value;
  }

  double[] toArray() {
    double[] all = allowance.doubles(size());
    int at = 0;
    for (double[] values : full) {
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    System.arraycopy(piece, 0, all, at, inPiece);
    return all;
  }

  private void grow() {
    int size = size();
    if (size > Elements.MOST_ELEMENTS - LARGEST_PIECE) {
      throw new FormatException("there are more numbers than an array can hold");
    }
    int length = Math.max(FIRST_PIECE, Math.min(size, LARGEST_PIECE));
    allowance.take((long) length * Double.BYTES);
    double[] next = new double[length];
    full.add(piece);
    inFull = size;
    inPiece = 0;
    piece = next;
  }
}
