package dev.losses.builtin.hinge;

import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Input;
import java.util.List;

/** How the labels of a hinge loss are read. */
public enum HingeLabels {
  /** 0 and 1 become -1 and 1 when there are no others in the whole batch; else as they are. */
  AUTO(Domain.HINGE_LABEL),
  /** 0 and 1 become -1 and 1. */
  BINARY(Domain.PROBABILITY),
  /** -1 and 1, as they are. */
  SIGNED(Domain.SIGN);

  private final Domain domain;

  HingeLabels(Domain domain) {
    this.domain = domain;
  }

  List<Input> inputs() {
    return Input.pair(domain, Domain.REAL);
  }

  /** Labels -1 and 1; the engine has turned those of {@link #AUTO} already. */
  Expr signed(Expr yTrue) {
    return this == BINARY ? yTrue.times(2).minus(1) : yTrue;
  }
}
