package dev.losses.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  private static final Path REPOSITORY = Path.of("..");

  @Test
  void thePagesAreWhatTheCodeGives() throws IOException {
    Map<String, String> expected = Reference.of(REPOSITORY).pages();
    Map<String, String> written = WriteReference.written(WriteReference.folder(REPOSITORY));
    TreeSet<String> names = new TreeSet<>(expected.keySet());
    names.addAll(written.keySet());
    List<String> differing = names.stream()
        .filter(name -> !expected.getOrDefault(name, "").equals(written.get(name)))
        .toList();
    assertEquals(
        List.of(),
        differing,
        "docs/losses is not what the code gives; run\n"
            + "  ./mvnw -q -pl reference -am spring-boot:run\nand commit what it writes. Differing");
  }

  @Test
  void everyPlotIsXmlWithFewDigits() throws Exception {
    Pattern number = Pattern.compile("-?(\\d+\\.?\\d*)");
    List<String> plots = new ArrayList<>();
    for (Map.Entry<String, String> page : Reference.of(REPOSITORY).pages().entrySet()) {
      if (page.getKey().endsWith(".svg")) {
        String svg = page.getValue();
        plots.add(page.getKey());
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        Matcher numbers = number.matcher(svg.substring(svg.indexOf("</style>")));
        while (numbers.find()) {
          String digits = numbers.group(1).replace(".", "").replaceFirst("^0+", "");
          assertTrue(digits.length() <= 4, page.getKey() + ": " + numbers.group());
        }
      }
    }
    assertTrue(plots.contains("plots/huber.svg"), plots.toString());
  }
}
