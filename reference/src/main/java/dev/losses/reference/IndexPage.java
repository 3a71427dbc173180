package dev.losses.reference;

import dev.losses.api.LossDefinition;
import dev.losses.api.LossFamilies;
import java.util.List;

/** The list of all losses, family by family. */
final class IndexPage {
  private IndexPage() {}

  static String text(List<LossDefinition> losses) {
    StringBuilder text = new StringBuilder("""
        # The losses

        Every page is written from the code of its loss; `CONTRIBUTING.md` has the command.

        In formulas, *i* runs over the last axis and *C* is its size. What a formula gives for each element is averaged
        over the last axis. Reductions, sample weights, masks and dtypes are the same for every loss: see the project's
        [README](../../README.md#what-there-is) and [decisions.md](../decisions.md).
        """);
    for (String family : LossFamilies.of(losses)) {
      text.append("\n## ").append(family).append("\n\n");
      text.append(LossFamilies.describe(family)).append("\n\n");
      text.append("| name | also | what it is |\n| --- | --- | --- |\n");
      losses.stream()
          .filter(loss -> loss.family().equals(family))
          .forEach(loss -> text.append(row(loss)));
    }
    return text.toString();
  }

  private static String row(LossDefinition loss) {
    return Markdown.row(
        "[`" + loss.name() + "`](" + loss.name() + ".md)",
        Markdown.codes(loss.aliases()),
        loss.description());
  }
}
