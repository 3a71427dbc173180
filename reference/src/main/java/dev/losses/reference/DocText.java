package dev.losses.reference;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.util.SimpleDocTreeVisitor;
import java.util.Locale;
import java.util.Map;

/** Turns the body of a docstring into Markdown. */
final class DocText extends SimpleDocTreeVisitor<Void, Void> {
  private static final Map<String, String> STARTS = Map.of(
      "p",
      "\n\n",
      "ul",
      "\n",
      "ol",
      "\n",
      "li",
      "\n- ",
      "pre",
      "\n\n```\n",
      "i",
      "*",
      "em",
      "*",
      "b",
      "**",
      "strong",
      "**");
  private static final Map<String, String> ENDS = Map.of(
      "ul",
      "\n\n",
      "ol",
      "\n\n",
      "pre",
      "\n```\n\n",
      "i",
      "*",
      "em",
      "*",
      "b",
      "**",
      "strong",
      "**");

  private final StringBuilder text = new StringBuilder();
  private boolean preformatted;

  private DocText() {}

  static String markdown(DocCommentTree comment) {
    DocText text = new DocText();
    text.visit(comment.getFullBody(), null);
    return text.text
        .toString()
        .replaceAll(" *\n *", "\n")
        .replaceAll("\n{3,}", "\n\n")
        .strip();
  }

  @Override
  public Void visitText(TextTree node, Void unused) {
    append(node.getBody());
    return null;
  }

  @Override
  public Void visitLiteral(LiteralTree node, Void unused) {
    boolean code = node.getKind() == DocTree.Kind.CODE && !preformatted;
    if (code) {
      text.append('`');
    }
    append(node.getBody().getBody());
    if (code) {
      text.append('`');
    }
    return null;
  }

  @Override
  public Void visitLink(LinkTree node, Void unused) {
    if (node.getLabel().isEmpty()) {
      text.append(Markdown.code(node.getReference().getSignature().replace('#', '.')));
    } else {
      visit(node.getLabel(), null);
    }
    return null;
  }

  @Override
  public Void visitStartElement(StartElementTree node, Void unused) {
    String name = node.getName().toString().toLowerCase(Locale.ROOT);
    preformatted |= name.equals("pre");
    text.append(STARTS.getOrDefault(name, ""));
    return null;
  }

  @Override
  public Void visitEndElement(EndElementTree node, Void unused) {
    String name = node.getName().toString().toLowerCase(Locale.ROOT);
    preformatted &= !name.equals("pre");
    text.append(ENDS.getOrDefault(name, ""));
    return null;
  }

  /** Entities, above all, which Markdown has too. */
  @Override
  protected Void defaultAction(DocTree node, Void unused) {
    text.append(node);
    return null;
  }

  private void append(String body) {
    text.append(preformatted ? body : body.replaceAll("\\s+", " "));
  }
}
