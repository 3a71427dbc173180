package dev.losses.server.http;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets a caller whose body is too large read the answer: Tomcat reads the rest of the body away, within reason, where it
 * would otherwise reset the connection while the caller still writes. It closes the connection afterwards, as it does
 * after every 400, 413, 500 and 503.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpProperties.class)
class HttpConfiguration {

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> readingRestOfBody(
      HttpProperties properties) {
    long swallowed = Math.min(Integer.MAX_VALUE, 4 * properties.maxBodySize().toBytes());
    return factory -> factory.addConnectorCustomizers(
        connector -> connector.setProperty("maxSwallowSize", Long.toString(swallowed)));
  }
}
