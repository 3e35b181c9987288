package dev.holdfast.yaml;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;

/// YAML text to values, exactly as the tools of Kubernetes read it. Every value knows its path, line and column.
///
/// Every method throws {@link FaultException} with a terminal fault (`InvalidYaml`, `InvalidJson`, `TooLarge`,
/// `TooDeep`, `ExcessiveAliasing`) at the file's line. It shows that line, cut to 80 characters; in a file that
/// mentions a Secret only the line's key.
public final class YamlReader {

    private static final Dialect RULES = new Go2();
    private static final YamlReader GO_2 = new YamlReader();

    private YamlReader() {}

    /// The rules of go-yaml v2 in kubectl, the API server and Helm values.
    public static YamlReader go2() {
        return GO_2;
    }

    /// All documents of a file as kubectl finds them: cut at `---` lines before YAML is read, and JSON where the
    /// file begins with `{`. Documents without content are left out; what follows a line `...` in a document is
    /// not read.
    public List<Value> documents(String path, byte[] file, Limits limits) {
        refuseSize(path, file.length, limits);
        return documents(path, RULES.text(path, file), limits);
    }

    public List<Value> documents(String path, String text, Limits limits) {
        refuseSize(path, text.length(), limits);
        var trouble = checked(path, text);
        var composer = composer(trouble, limits, new ValueMaker(trouble));
        var documents = new ArrayList<Value>();
        var chunks = RULES.cut(text, trouble);
        boolean json = Chunk.looksLikeJson(text);
        var tree = new JsonTree(limits, path, JsonTree.Origins.KEPT, JsonTree.Duplicates.LAST_WINS);
        while (chunks.hasNext()) {
            var chunk = chunks.next();
            if (chunk.blank()) continue;
            var found = json && Chunk.looksLikeJson(chunk.text())
                    ? JsonReader.readAll(tree, chunk)
                    : List.of(compose(chunk, composer, trouble));
            for (var document : found) if (!document.isNull()) documents.add(document);
            refuseMany(documents.size(), chunk, trouble, limits);
        }
        return List.copyOf(documents);
    }

    /// The one document of a body, such as a server-side apply sends: not cut beforehand, the first document
    /// counts.
    public Value document(String path, byte[] body, Limits limits) {
        refuseSize(path, body.length, limits);
        var text = RULES.text(path, body);
        var trouble = checked(path, text);
        return compose(new Chunk(text, 1), composer(trouble, limits, new ValueMaker(trouble)), trouble);
    }

    /// What go-yaml v2 says about a body where it is strict: one text for each key that a map had already.
    public List<String> repeatedKeys(String path, byte[] body, Limits limits) {
        refuseSize(path, body.length, limits);
        var text = Text.of(body);
        var trouble = checked(path, text);
        var maker = new ValueMaker(trouble);
        compose(new Chunk(text, 1), composer(trouble, limits, maker), trouble);
        return List.copyOf(maker.repeated());
    }

    /// As {@link #document}, for what must be a map.
    public Mapping object(String path, byte[] body, Limits limits) {
        var value = document(path, body, limits);
        if (value instanceof Mapping mapping) return mapping;
        throw new FaultException(Fault.at(
                value.origin(), "InvalidYaml", "invalid YAML: a " + value.typeName() + " where a map is expected", ""));
    }

    private static Composer<Value> composer(Trouble trouble, Limits limits, ValueMaker maker) {
        return new Composer<>(new Scanner(trouble, RULES, limits), new Budget(limits, trouble), maker);
    }

    private static Value compose(Chunk chunk, Composer<Value> composer, Trouble trouble) {
        var value = composer.document(chunk);
        return value == null ? new Value.Null(Origin.at(trouble.path(), chunk.line(), 1)) : value;
    }

    static void refuseMany(int documents, Chunk last, Trouble trouble, Limits limits) {
        if (documents <= limits.documents()) return;
        throw trouble.at(last.line(), 1, "TooLarge", "the file has more than " + limits.documents() + " documents");
    }

    static void refuseSize(String path, long size, Limits limits) {
        if (size <= limits.bytes()) return;
        throw new FaultException(Fault.at(
                Origin.at(path, 1, 1),
                "TooLarge",
                "the file has " + size + " bytes, the limit is " + limits.bytes(),
                "Split it"));
    }

    static Trouble checked(String path, String text) {
        var trouble = new Trouble(path, text);
        int forbidden = Text.firstForbidden(text);
        if (forbidden < 0) return trouble;
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < forbidden; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        var code = String.format("U+%04X", (int) text.charAt(forbidden));
        throw trouble.yaml(line, forbidden - lineStart + 1, "the control character " + code + " is not allowed");
    }
}
