package dev.losses.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the server. */
@SpringBootApplication
public class LossesServer {

  public static void main(String[] args) {
    SpringApplication.run(LossesServer.class, args);
  }
}
