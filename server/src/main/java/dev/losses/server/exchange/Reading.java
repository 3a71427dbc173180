package dev.losses.server.exchange;

import dev.losses.server.http.RequestBody;

/** A format that requests come in. */
@FunctionalInterface
public interface Reading {

  /**
   * Reads a request. What is wrong with its fields is noted in it.
   *
   * @throws dev.losses.server.problem.ProblemException when it cannot be read at all
   */
  EvaluationRequest read(RequestBody body, Expected expected);
}
