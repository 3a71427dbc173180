package com.example.training;

import dev.losses.api.LossException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The examples under one command; mistakes are told in a sentence instead of a stack trace. */
@Command(
    name = "run.sh",
    synopsisSubcommandLabel = "EXAMPLE",
    description = "Networks trained with losses by name, from a plugin's jar and as records.")
public final class Training {
  private Training() {}

  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  /** The exit code. */
  static int run(PrintStream out, PrintStream err, String... args) {
    CommandLine line = new CommandLine(new Training())
        .addSubcommand(new LinearRegression(out))
        .addSubcommand(new Siamese(out))
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler((exception, command, parsed) -> {
          if (!(exception instanceof MistakeException) && !(exception instanceof LossException)) {
            throw exception;
          }
          command.getErr().println(exception.getMessage());
          return 1;
        });
    line.getCommandSpec()
        .addOption(OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .scopeType(ScopeType.INHERIT)
            .description("Show this help.")
            .build());
    return line.execute(args);
  }

  /** Refuses a number below the least that makes sense. */
  static void atLeast(int least, String option, int value) {
    if (value < least) {
      throw new MistakeException(option + " must be at least " + least + ", not " + value);
    }
  }

  /** Makes a folder if there is none; a training whose pictures have no place should not start. */
  static void makeFolder(String option, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new MistakeException(option + ": cannot make the folder " + folder + " (" + e + ")");
    }
    if (!Files.isWritable(folder)) {
      throw new MistakeException(option + ": nothing can be written to the folder " + folder);
    }
  }
}
