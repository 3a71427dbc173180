package dev.losses.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The server tells what computes its losses. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ComputationIT {
  @LocalServerPort
  private int port;

  private Client client;

  @BeforeEach
  void connect() {
    client = new Client(port);
  }

  @Test
  void aLossTellsWhatComputesIt() {
    JsonNode computation = client.get("/v1/losses/log_cosh").json().path("computation");
    assertTrue(Set.of("simd", "interpreter").contains(computation.path("path").asString()));
    assertFalse(computation.path("reason").asString().isEmpty());
  }

  @Test
  void theInfoEndpointTellsOfTheEngine() {
    JsonNode engine = client.get("/actuator/info").json().path("engine");
    assertTrue(engine.path("simd").asBoolean(), engine.path("reason").asString());
    assertTrue(engine.path("vector_bits").asInt() >= 128);
    assertTrue(engine.path("threads").asInt() >= 1);
    assertEquals(
        Set.of("interpreted", "compiling", "compiled", "refused"),
        Set.copyOf(engine.path("kernels").propertyNames()));
  }
}
