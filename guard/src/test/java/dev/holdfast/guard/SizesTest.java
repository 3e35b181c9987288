package dev.holdfast.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.TreeSet;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Law 10: sizes. File p95 ≤ 300 lines, hard limit 500; method hard limit 60 lines; at most 5 parameters.
class SizesTest {

    private static final int FILE = 500;
    private static final int FILE_P95 = 300;
    private static final int METHOD = 60;
    private static final int PARAMETERS = 5;

    record Oversize(String where, String what) {}

    @Test
    void filesAndMethodsAreSmall() throws IOException {
        var found = new ArrayList<Oversize>();
        var sources = new ArrayList<Path>(Repository.sources("main"));
        sources.addAll(Repository.sources("test"));
        for (var source : sources) found.addAll(oversizes(source));
        var used = new TreeSet<String>();
        found.removeIf(oversize -> Exceptions.SIZES.containsKey(oversize.where()) && used.add(oversize.where()));
        assertThat(found).isEmpty();
        assertThat(used).as("every exception is still needed").isEqualTo(new TreeSet<>(Exceptions.SIZES.keySet()));
    }

    @Test
    void ninetyFiveOfAHundredFilesAreShort() {
        var lines = Repository.sources("main").stream()
                .map(path -> lines(Repository.read(path)))
                .sorted()
                .toList();
        assertThat(lines.get(lines.size() * 95 / 100)).isLessThanOrEqualTo(FILE_P95);
    }

    @Test
    void aPlantedGiantIsFound() throws IOException {
        var body = "        int x = 0;\n".repeat(METHOD + 1);
        var text = "class Giant {\n    void long_(int a, int b, int c, int d, int e, int f) {\n" + body + "    }\n}\n";
        var folder = java.nio.file.Files.createTempDirectory("planted");
        var file = java.nio.file.Files.writeString(folder.resolve("Giant.java"), text + "\n".repeat(FILE));
        assertThat(oversizes(file)).extracting(Oversize::what).hasSize(3);
    }

    private static int lines(String text) {
        return (int) text.lines().count();
    }

    private static List<Oversize> oversizes(Path source) throws IOException {
        var found = new ArrayList<Oversize>();
        var name = source.getFileName().toString();
        int lines = lines(Repository.read(source));
        if (lines > FILE) found.add(new Oversize(name, lines + " lines"));
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(null, files, _ -> {}, null, null, files.getJavaFileObjects(source));
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                var records = new IdentityHashMap<Tree, Boolean>();
                var owners = new IdentityHashMap<Tree, Tree>();
                new TreeScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
                        // a record's components are not parameters, so its constructors may have many
                        records.put(type, type.getKind() == Tree.Kind.RECORD);
                        type.getMembers().forEach(member -> owners.put(member, type));
                        return super.visitClass(type, nothing);
                    }

                    @Override
                    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
                        boolean components = method.getName().contentEquals("<init>")
                                && records.getOrDefault(owners.get(method), false);
                        measure(
                                new Measured(
                                        method,
                                        components ? 0 : method.getParameters().size()),
                                positions,
                                unit,
                                name,
                                found);
                        return super.visitMethod(method, nothing);
                    }
                }.scan(unit, null);
            }
        }
        return found;
    }

    record Measured(MethodTree method, int parameters) {}

    private static void measure(
            Measured measured,
            SourcePositions positions,
            com.sun.source.tree.CompilationUnitTree unit,
            String name,
            List<Oversize> found) {
        var method = measured.method();
        var where = name + "#" + method.getName();
        var map = unit.getLineMap();
        if (method.getBody() != null) {
            long length = map.getLineNumber(positions.getEndPosition(unit, method))
                    - map.getLineNumber(positions.getStartPosition(unit, method.getBody()))
                    + 1;
            if (length > METHOD) found.add(new Oversize(where, length + " lines"));
        }
        if (measured.parameters() > PARAMETERS) {
            found.add(new Oversize(where, measured.parameters() + " parameters"));
        }
    }
}
