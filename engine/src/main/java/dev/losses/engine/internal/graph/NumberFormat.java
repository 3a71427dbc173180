package dev.losses.engine.internal.graph;

import dev.losses.spi.DType;

/**
 * What the elementary functions need to know of a number format. The polynomials are Chebyshev fits made in 300-bit
 * arithmetic, highest power first; the interval and the function of each are stated where it is used.
 *
 * @param roundingMagic adding and subtracting it rounds to a whole number
 * @param log2E the logarithm of e to base 2
 * @param ln2High the leading digits of ln 2, so few that its product with an exponent is exact
 * @param ln2Low the digits after
 * @param expMin below it e^x is 0
 * @param expMax above it e^x is infinite
 * @param expm1Min below it e^x - 1 is -1
 * @param tanhMax above it tanh is 1
 * @param significandBits above 2 to this power a number is whole
 * @param minNormal the smallest normal number
 * @param exp {@code (e^r - 1 - r) / r^2} for abs(r) up to ln(2)/2
 * @param log {@code (2 artanh(s) / s - 2) / z} in {@code z = s^2} for s up to (sqrt(2)-1)/(sqrt(2)+1)
 * @param log1p the function of {@code log} for s up to 1/3
 * @param twoThirds the constant term of the series that {@code log} fits
 * @param twoThirdsLow the digits after
 * @param power {@code log} without its constant term, divided by z
 */
@SuppressWarnings("ArrayRecordComponent") // Constants of this package, never handed out.
record NumberFormat(
    double roundingMagic,
    double log2E,
    double ln2High,
    double ln2Low,
    double expMin,
    double expMax,
    double expm1Min,
    double tanhMax,
    int significandBits,
    double minNormal,
    double[] exp,
    double[] log,
    double[] log1p,
    double twoThirds,
    double twoThirdsLow,
    double[] power) {

  private static final NumberFormat FLOAT64 = new NumberFormat(
      0x1.8p52,
      1.4426950408889634,
      0.6931471805592082,
      7.371002565167799e-13,
      -746,
      710,
      -50,
      22,
      52,
      Double.MIN_NORMAL,
      new double[] {
        2.0916212837493853e-09, 2.5107353767261877e-08, 2.7557269903215795e-07,
            2.755725016302918e-06,
        2.4801587328555858e-05, 0.00019841269879033045, 0.001388888888888287, 0.008333333333324906,
        0.04166666666666667, 0.1666666666666667, 0.5
      },
      new double[] {
        0.1310072138350349, 0.13267418596474884, 0.15386290534658992, 0.181817947008978,
        0.2222222240054776, 0.2857142857076445, 0.4000000000000094, 0.6666666666666666
      },
      new double[] {
        0.1563057780092285,
        0.07492143795550767,
        0.10845178394880015,
        0.11734279061303197,
        0.13335178631449257,
        0.1538454396486055,
        0.18181819897962714,
        0.2222222219823677,
        0.285714285716001,
        0.39999999999999525,
        0.6666666666666666
      },
      0.6666666666666666,
      3.700743415417188e-17,
      new double[] {
        0.10775601089388141,
        0.10454866026728715,
        0.1176687865598926,
        0.13333295011900106,
        0.1538461578064774,
        0.18181818179522571,
        0.22222222222228882,
        0.28571428571428564,
        0.4
      });

  private static final NumberFormat FLOAT32 = new NumberFormat(
      0x1.8p23,
      1.4426950216293335,
      0.693115234375,
      3.194618329871446e-05,
      -104,
      89,
      -20,
      10,
      23,
      Float.MIN_NORMAL,
      new double[] {
        0.00019892991986125708,
        0.0013935451861470938,
        0.00833330862224102,
        0.04166644811630249,
        0.1666666716337204,
        0.5
      },
      new double[] {
        0.23341943323612213, 0.28550398349761963, 0.40000125765800476, 0.6666666865348816
      },
      new double[] {
        0.23224329948425293,
        0.2170657515525818,
        0.285923570394516,
        0.3999970555305481,
        0.6666666865348816
      },
      0.6666666865348816,
      -1.9868215517249155e-08,
      new double[] {
        0.19130083918571472, 0.22204406559467316, 0.28571534156799316, 0.4000000059604645
      });

  static NumberFormat of(DType dtype) {
    return dtype == DType.FLOAT32 ? FLOAT32 : FLOAT64;
  }
}
