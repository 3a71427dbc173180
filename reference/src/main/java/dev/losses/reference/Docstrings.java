package dev.losses.reference;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads docstrings off sources, since a class file has none, with the parser of the JDK's own documentation tool. */
final class Docstrings {
  private Docstrings() {}

  /** The bodies of the docstrings of the types in a folder of sources, in Markdown, by class name. */
  static Map<String, String> of(Path sources) throws IOException {
    List<Path> files;
    try (Stream<Path> paths = Files.walk(sources)) {
      files = paths.filter(path -> path.toString().endsWith(".java")).sorted().toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task = (JavacTask) compiler.getTask(
          null,
          manager,
          null,
          List.of("-proc:none"),
          null,
          manager.getJavaFileObjectsFromPaths(files));
      DocTrees trees = DocTrees.instance(task);
      Map<String, String> docstrings = new HashMap<>();
      for (CompilationUnitTree unit : task.parse()) {
        for (Tree type : unit.getTypeDecls()) {
          DocCommentTree comment = trees.getDocCommentTree(TreePath.getPath(unit, type));
          if (comment != null && type instanceof ClassTree named) {
            docstrings.put(
                unit.getPackageName() + "." + named.getSimpleName(), DocText.markdown(comment));
          }
        }
      }
      return docstrings;
    }
  }
}
