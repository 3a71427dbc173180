package dev.losses.server.http;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What is not as Tomcat and Spring have it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpProperties.class)
class HttpConfiguration {

  /**
   * Lets a caller whose body is refused read the answer: the rest of the body is read away, within reason. Tomcat closes the
   * connection afterwards, as it does after every 400, 413, 500 and 503.
   */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> readingRestOfBody(
      HttpProperties properties) {
    long most = 4 * properties.maxBodySize().toBytes();
    return factory -> factory.addEngineValves(new LeftoverValve(most));
  }

  /** Whoever asks before it sends a body is told to go on when the body is read, and not before the request is refused. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> askingForBodiesWhenTheyAreRead() {
    return factory -> factory.addConnectorCustomizers(
        connector -> connector.setProperty("continueResponseTiming", "onRead"));
  }

  /** Twice of what Tomcat reads at a time: half as many system calls for a large body, 8 KB more for each connection. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> readingMoreAtATime() {
    return factory -> factory.addConnectorCustomizers(
        connector -> connector.setProperty("socket.appReadBufSize", "16384"));
  }

  @Bean
  WebMvcRegistrations frequentHandlersFirst() {
    return new WebMvcRegistrations() {
      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new FrequentFirst();
      }
    };
  }
}
