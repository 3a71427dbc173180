package dev.losses.server.metrics;

import dev.losses.engine.EngineStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/** Tells at {@code /actuator/info} whether losses are computed by SIMD kernels and, if not, how to switch that on. */
@Component
class EngineInfo implements InfoContributor {
  @Override
  public void contribute(Info.Builder info) {
    EngineStatus status = EngineStatus.now();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("simd", status.simd());
    json.put("reason", status.reason());
    json.put("vector_bits", status.vectorBits());
    json.put("threads", status.threads());
    json.put("kernels", status.kernels());
    info.withDetail("engine", json);
  }
}
