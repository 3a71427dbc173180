package dev.losses.server;

import dev.losses.server.verify.VerifyCommand;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the server, or verifies jars when the first argument is {@code verify}. */
@SpringBootApplication
public class LossesServer {

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals(VerifyCommand.NAME)) {
      // A verdict needs no speed, and so no word about it. Whatever computes gives the same bits.
      System.setProperty("losses.simd", "off");
      int exit = new VerifyCommand(System.out).run(Arrays.asList(args).subList(1, args.length));
      System.out.flush();
      // No shutdown hook of a jar has a say in the exit code.
      Runtime.getRuntime().halt(exit);
    }
    SpringApplication.run(LossesServer.class, args);
  }
}
