package dev.losses.numerics;

import java.util.Optional;

/** Another library that computes some of the losses; found through {@link java.util.ServiceLoader}. */
public interface Peer {

  /** Its answers, or nothing where it does not have this loss. */
  Optional<Answers> answers(Subject subject, Batch batch);
}
