package dev.losses.server.benchmark;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The start-up to compare with: the same libraries and settings, nothing of ours. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Profile("bare")
public class BareServer {

  /** Starts it. */
  public static void main(String[] arguments) {
    SpringApplication application = new SpringApplication(BareServer.class);
    application.setAdditionalProfiles("bare");
    application.run(arguments);
  }
}
