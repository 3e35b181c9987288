package dev.holdfast.yaml;

import java.util.ArrayList;
import java.util.List;

/// The documents of a text as trees of the caller's nodes, by the rules of go-yaml v3 as Kustomize uses it. Scalars
/// are not resolved; limits are those of {@link YamlReader}, an alias counts what it stands for.
public final class NodeReader {

    private static final Dialect RULES = new Go3();

    private NodeReader() {}

    /// The documents of a file, cut as Kustomize does it; documents without any node are left out, and of what lies
    /// between two cuts only the first document is read.
    /// @throws dev.holdfast.model.FaultException terminal (`InvalidYaml`, `TooLarge`, `TooDeep`,
    /// `ExcessiveAliasing`) at the line
    public static <N> List<N> documents(String path, byte[] file, Limits limits, NodeMaker<N> maker) {
        YamlReader.refuseSize(path, file.length, limits);
        var text = RULES.text(path, file);
        var trouble = YamlReader.checked(path, text);
        var composer = new Composer<>(new Scanner(trouble, RULES, limits), new Budget(limits, trouble), maker);
        var documents = new ArrayList<N>();
        var chunks = RULES.cut(text, trouble);
        while (chunks.hasNext()) {
            var chunk = chunks.next();
            var document = composer.document(chunk);
            if (document != null) documents.add(document);
            YamlReader.refuseMany(documents.size(), chunk, trouble, limits);
        }
        return documents;
    }
}
