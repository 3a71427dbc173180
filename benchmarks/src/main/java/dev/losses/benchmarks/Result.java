package dev.losses.benchmarks;

/**
 * A time.
 *
 * @param nanos for one element, the median of JMH's iterations
 * @param spread half the distance from the fastest iteration to the slowest, relative to the median
 * @param bytes allocated by one call
 */
record Result(Point point, Contender contender, double nanos, double spread, double bytes) {}
