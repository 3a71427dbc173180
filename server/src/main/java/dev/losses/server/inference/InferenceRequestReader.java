package dev.losses.server.inference;

import dev.losses.server.exchange.EvaluationRequest;
import dev.losses.server.exchange.Expected;
import dev.losses.server.exchange.Reading;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.server.exchange.Violations;
import dev.losses.server.formats.QueryFields;
import dev.losses.server.http.RequestBody;
import dev.losses.server.json.Json;
import dev.losses.server.json.MalformedJson;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** Reads one inference request: its path and query, the JSON of its body, and the binary tensors behind that. */
final class InferenceRequestReader implements Reading {
  private final @Nullable String version;
  private final @Nullable String query;
  private final @Nullable String jsonLength;
  private AnswerForm form = AnswerForm.DEFAULT;

  /**
   * A reader of one request.
   *
   * @param version the loss's version in the path, or null
   * @param query the undecoded query, or null
   * @param jsonLength the header that says how much of the body is JSON, or null
   */
  InferenceRequestReader(
      @Nullable String version, @Nullable String query, @Nullable String jsonLength) {
    this.version = version;
    this.query = query;
    this.jsonLength = jsonLength;
  }

  /** How the request wants to be answered, once it has been read. */
  AnswerForm form() {
    return form;
  }

  @Override
  public EvaluationRequest read(RequestBody body, Expected expected) {
    RequestDraft draft = new RequestDraft(expected);
    try {
      read(body, draft);
    } catch (Violations.Enough e) {
      // The request is refused for what was found so far.
    }
    return draft.toRequest();
  }

  private void read(RequestBody body, RequestDraft draft) {
    if (version != null && draft.begin("version")) {
      draft.version(version);
    }
    ParameterFields parameterFields = new ParameterFields(draft);
    QueryFields.forEach(query, parameterFields::take);
    TensorFields tensorFields = new TensorFields(draft);
    InferenceObject object =
        new InferenceObject(draft, parameterFields, tensorFields, body.allowance());
    readJson(body, object, draft.violations());
    if (draft.violations().count() == 0) {
      BinaryInputs.read(body, object.binary(), tensorFields, draft.violations());
    }
    draft.settleDType(body.allowance());
    // Whoever asks for them with a parameter gets them all, beside those that are named.
    boolean allGradients = draft.toRequest().gradient();
    form = object.form(allGradients);
    draft.gradient(allGradients || form.namesGradient());
  }

  private void readJson(RequestBody body, InferenceObject object, Violations violations) {
    JsonParser parser = Json.parser(JsonPart.of(body, jsonLength));
    try (parser) {
      object.read(new RequestJson(parser, violations));
    } catch (JacksonException e) {
      throw withLength(MalformedJson.because(e, parser), object);
    } catch (ProblemException e) {
      throw withLength(e, object);
    }
  }

  /** Whoever counts the bytes of the JSON wrongly has JSON that breaks off, or is followed by something. */
  private ProblemException withLength(ProblemException e, InferenceObject object) {
    boolean malformed = e.problem().code().equals(ProblemType.MALFORMED_JSON.code());
    if (!malformed || (jsonLength == null && object.binary().isEmpty())) {
      return e;
    }
    String length = JsonPart.LENGTH_HEADER
        + (jsonLength == null
            ? " is not given, so all of the body is read as JSON."
            : " is " + jsonLength + ".");
    return new ProblemException(e.problem().withDetail(e.problem().detail() + " " + length));
  }
}
