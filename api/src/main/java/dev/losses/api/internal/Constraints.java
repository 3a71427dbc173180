package dev.losses.api.internal;

import dev.losses.api.Range;
import dev.losses.spi.AtLeast;
import dev.losses.spi.AtMost;
import dev.losses.spi.Between;
import dev.losses.spi.GreaterThan;
import dev.losses.spi.LessThan;
import dev.losses.spi.NonNegative;
import dev.losses.spi.Positive;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;

/** Reads the constraint annotations of a component: together they allow what each of them allows. */
final class Constraints {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private Constraints() {}

  static Range of(AnnotatedElement component) {
    Range range = Range.ALL;
    for (Annotation annotation : component.getAnnotations()) {
      range = range.and(range(annotation));
    }
    return range;
  }

  private static Range range(Annotation annotation) {
    if (annotation instanceof Positive) {
      return new Range(0, false, INFINITY, false);
    } else if (annotation instanceof NonNegative) {
      return new Range(0, true, INFINITY, false);
    } else if (annotation instanceof GreaterThan bound) {
      return new Range(bound.value(), false, INFINITY, false);
    } else if (annotation instanceof AtLeast bound) {
      return new Range(bound.value(), true, INFINITY, false);
    } else if (annotation instanceof LessThan bound) {
      return new Range(-INFINITY, false, bound.value(), false);
    } else if (annotation instanceof AtMost bound) {
      return new Range(-INFINITY, false, bound.value(), true);
    } else if (annotation instanceof Between bounds) {
      return new Range(bounds.min(), true, bounds.max(), true);
    }
    return Range.ALL;
  }
}
