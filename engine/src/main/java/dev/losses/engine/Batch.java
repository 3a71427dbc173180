package dev.losses.engine;

import java.util.Map;
import java.util.function.Consumer;

/**
 * What one of several batches comes to.
 *
 * @param perPosition how many losses make up one position's by their mean
 * @param labels how its hinge labels are read, by input
 * @param sums adds its sums; never fails
 */
record Batch(int perPosition, Map<String, LabelReading> labels, Consumer<Totals> sums) {}
