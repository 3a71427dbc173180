package dev.losses.server.problem;

import dev.losses.api.LossErrorCode;

/** The kinds of problem a caller can meet; the code is what programs should switch on. */
public enum ProblemType {
  /** The body is not JSON. */
  MALFORMED_JSON(400, "malformed-json", "The body is not valid JSON"),
  /** The body is not what its Content-Type says. */
  MALFORMED_BODY(400, "malformed-body", "The body is not what its Content-Type says"),
  /** The body did not arrive whole. */
  UNREADABLE_BODY(400, "unreadable-body", "The body could not be read"),
  /** No loss of that name. */
  UNKNOWN_LOSS(404, LossErrorCode.UNKNOWN_LOSS.wireName(), "There is no loss of that name"),
  /** The loss is there, but not in the version asked for. */
  VERSION_NOT_LIVE(409, "version-not-live", "That version of the loss is not served"),
  /** The body is larger than the server reads. */
  BODY_TOO_LARGE(413, "body-too-large", "The body is too large"),
  /** A field is unknown or of the wrong kind, or several sorts of thing are wrong at once. */
  INVALID_REQUEST(422, "invalid-request", "The request is not valid"),
  /** A parameter is unknown, of the wrong type or out of range. */
  INVALID_PARAMETERS(
      422, LossErrorCode.INVALID_PARAMETERS.wireName(), "The parameters are not valid"),
  /** An input, weight or mask breaks a rule of shape, dtype or domain. */
  INVALID_INPUTS(422, LossErrorCode.INVALID_INPUTS.wireName(), "The inputs are not valid"),
  /** The code of the loss failed. */
  PLUGIN_FAILURE(500, LossErrorCode.LOSS_FAILURE.wireName(), "The loss failed"),
  /** The server has as much to do as it can. */
  SERVER_BUSY(503, "server-busy", "The server is busy"),
  /** The body came too slowly. */
  BODY_TOO_SLOW(408, "body-too-slow", "The body came too slowly"),
  /** A plugin has as many calls under way as it may. */
  PLUGIN_BUSY(503, "plugin-busy", "The plugin has too many calls under way"),
  /** Calls of a plugin took too long lately. */
  PLUGIN_SUSPENDED(503, "plugin-suspended", "The plugin is not called for a while"),
  /** A plugin's loss took too long. */
  EVALUATION_DEADLINE(504, "evaluation-deadline", "The loss did not answer in time"),
  /** The server failed. */
  INTERNAL_ERROR(500, "internal-error", "The server failed");

  private final int status;
  private final String code;
  private final String title;

  ProblemType(int status, String code, String title) {
    this.status = status;
    this.code = code;
    this.title = title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The code in problem documents and metrics. */
  public String code() {
    return code;
  }

  /** What it is, the same for every occurrence. */
  public String title() {
    return title;
  }

  static ProblemType of(LossErrorCode code) {
    return switch (code) {
      case UNKNOWN_LOSS -> UNKNOWN_LOSS;
      case INVALID_PARAMETERS -> INVALID_PARAMETERS;
      case INVALID_INPUTS -> INVALID_INPUTS;
      case INVALID_DEFINITION, LOSS_FAILURE -> PLUGIN_FAILURE;
    };
  }
}
