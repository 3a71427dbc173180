package dev.losses.server.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.losses.api.LossDefinition;
import dev.losses.api.LossFamilies;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.problem.ProblemException;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Adds the losses of the moment, and the part that never changes ({@code openapi.json}), to springdoc's document. */
@Component
class LossDocumentation implements OpenApiCustomizer {
  private static final Logger log = LoggerFactory.getLogger(LossDocumentation.class);

  private final Catalog catalog;
  private final ObjectProvider<BuildProperties> build;

  LossDocumentation(Catalog catalog, ObjectProvider<BuildProperties> build) {
    this.catalog = catalog;
    this.build = build;
  }

  @Override
  public void customise(OpenAPI document) {
    // Not a constant: the first document pays for it, the start of the server does not.
    ObjectMapper mapper = Json31.mapper();
    OpenAPI fixed = fixedPart(mapper);
    build.ifAvailable(properties -> fixed.getInfo().version(properties.getVersion()));
    document.setInfo(fixed.getInfo());
    document.setServers(fixed.getServers());
    Components components =
        document.getComponents() == null ? new Components() : document.getComponents();
    fixed.getComponents().getSchemas().forEach(components::addSchemas);
    fixed.getComponents().getParameters().forEach(components::addParameters);
    fixed.getComponents().getResponses().forEach(components::addResponses);
    fixed.getComponents().getSecuritySchemes().forEach(components::addSecuritySchemes);
    document.setComponents(components);

    Paths paths = new Paths();
    paths.putAll(fixed.getPaths());
    if (document.getPaths() != null) {
      paths.putAll(document.getPaths());
    }
    // Swagger UI shows the operations in the order of these: the losses come first.
    List<Tag> tags = new ArrayList<>();
    try (Catalog.Lease lease = catalog.lease()) {
      Collection<LossDefinition> losses = lease.losses().definitions();
      LossFamilies.of(losses)
          .forEach(family ->
              tags.add(new Tag().name(family).description(LossFamilies.describe(family))));
      for (LossDefinition definition : losses) {
        LossOperation operation = new LossOperation(definition);
        pathItem(lease, definition, operation)
            .ifPresent(item ->
                paths.addPathItem(operation.path(), mapper.convertValue(item, PathItem.class)));
      }
    }
    tags.addAll(fixed.getTags());
    document.setTags(tags);
    document.setPaths(paths);
  }

  /** Empty where the loss's own code does not give its formula in time: it must not cost the others their documentation. */
  private static Optional<Map<String, Object>> pathItem(
      Catalog.Lease lease, LossDefinition definition, LossOperation operation) {
    try {
      return Optional.of(lease.call(definition, operation::pathItem));
    } catch (ProblemException e) {
      log.warn("The loss {} is not documented now: {}", definition.name(), e.getMessage());
      RequestAttributes request = RequestContextHolder.getRequestAttributes();
      if (request != null) {
        request.setAttribute(DocumentCache.INCOMPLETE, true, RequestAttributes.SCOPE_REQUEST);
      }
      return Optional.empty();
    }
  }

  private static OpenAPI fixedPart(ObjectMapper mapper) {
    try (InputStream in = new ClassPathResource("openapi.json").getInputStream()) {
      return mapper.readValue(in, OpenAPI.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
