package dev.holdfast.yaml;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.yaml.NodeMaker.Quoting;
import dev.holdfast.yaml.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The documents of a text as trees of the caller's nodes. Scalars are not resolved; limits are those of
/// {@link YamlReader}, an alias counts what it stands for.
public final class NodeReader<N> {

    /// Kustomize cuts a file at lines that begin with three dashes; the first line of a file is left to YAML.
    private static final Pattern SEPARATOR = Pattern.compile("\n---([^\n]*)\n");

    /// A tag or an anchor may stand for an empty value.
    private enum Presence {
        REQUIRED,
        OPTIONAL
    }

    private record Anchor<N>(@Nullable N node, Budget.Weight weight) {}

    private final Scanner scanner;
    private final Trouble trouble;
    private final Budget budget;
    private final NodeMaker<N> maker;
    private final Map<String, Anchor<N>> anchors = new HashMap<>();
    private int depth;
    /// How many brackets and braces are open.
    private int brackets;

    private NodeReader(Chunk chunk, Trouble trouble, Budget budget, NodeMaker<N> maker) {
        this.scanner = new Scanner(chunk, trouble, budget.limits());
        this.trouble = trouble;
        this.budget = budget;
        this.maker = maker;
    }

    /// The documents of a file, cut as Kustomize does it; documents without any node are left out, and of what lies
    /// between two cuts only the first document is read.
    /// @throws FaultException terminal (`InvalidYaml`, `TooLarge`, `TooDeep`, `ExcessiveAliasing`) at the line
    public static <N> List<N> documents(String path, byte[] file, Limits limits, NodeMaker<N> maker) {
        if (file.length > limits.bytes()) {
            throw new FaultException(Fault.at(
                    Origin.at(path, 1, 1),
                    "TooLarge",
                    "the file has " + file.length + " bytes, the limit is " + limits.bytes(),
                    "Split it"));
        }
        var text = Text.of(file).replace("\r\n", "\n");
        var trouble = YamlReader.checked(path, text);
        var budget = new Budget(limits, trouble);
        var documents = new ArrayList<N>();
        for (var chunk : chunks(text, trouble)) {
            budget.newDocument();
            var document = new NodeReader<>(chunk, trouble, budget, maker).document();
            if (document != null) documents.add(document);
            if (documents.size() > limits.documents()) {
                throw trouble.at(
                        chunk.line(), 1, "TooLarge", "the file has more than " + limits.documents() + " documents");
            }
        }
        return documents;
    }

    private static List<Chunk> chunks(String text, Trouble trouble) {
        var chunks = new ArrayList<Chunk>();
        var separators = SEPARATOR.matcher(text);
        int from = 0;
        int line = 1;
        while (separators.find()) {
            var rest = separators.group(1).strip();
            int lines = (int) text.substring(from, separators.start() + 1)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            if (!rest.isEmpty() && rest.charAt(0) != '#') {
                throw trouble.yaml(line + lines, 1, "invalid document separator: only a comment may follow ---");
            }
            chunks.add(new Chunk(text.substring(from, separators.start()) + "\n", line));
            line += lines + 1;
            from = separators.end();
        }
        chunks.add(new Chunk(text.substring(from), line));
        return chunks;
    }

    private @Nullable N document() {
        while (scanner.peek().is(Kind.DOCUMENT_END)) scanner.take();
        if (scanner.peek().is(Kind.DOCUMENT_START)) scanner.take();
        var first = scanner.peek();
        if (first.is(Kind.END, Kind.DOCUMENT_START, Kind.DOCUMENT_END)) return null;
        var node = node();
        // what follows must at least be a token
        scanner.peek();
        return node;
    }

    private N node() {
        var token = scanner.peek();
        if (token.is(Kind.ALIAS)) return alias(scanner.take());
        var anchor = "";
        var tag = "";
        for (int i = 0; i < 2 && scanner.peek().is(Kind.ANCHOR, Kind.TAG); i++) {
            var property = scanner.peek();
            boolean again = property.is(Kind.ANCHOR) ? !anchor.isEmpty() : !tag.isEmpty();
            if (again) break;
            scanner.take();
            if (property.is(Kind.ANCHOR)) anchor = property.text();
            else tag = property.text();
        }
        if (anchor.isEmpty() && tag.isEmpty()) return content(tag, Presence.REQUIRED);
        if (anchor.isEmpty()) return content(tag, Presence.OPTIONAL);
        var before = budget.weight();
        anchors.put(anchor, new Anchor<>(null, before));
        var node = content(tag, Presence.OPTIONAL);
        anchors.put(anchor, new Anchor<>(node, budget.since(before)));
        return node;
    }

    private N alias(Token token) {
        var anchor = anchors.get(token.text());
        if (anchor == null) throw error(token, "the anchor that this alias names is not above it");
        var node = anchor.node();
        if (node == null) throw error(token, "the value of this anchor contains itself");
        budget.expand(anchor.weight(), scanner.lineOf(token), token.column() + 1);
        return maker.alias(node);
    }

    private N content(String tag, Presence presence) {
        var token = scanner.peek();
        budget.spend(token.text().length(), scanner.lineOf(token), token.column() + 1);
        return switch (token.kind()) {
            case PLAIN -> {
                scanner.take();
                yield maker.scalar(tag, token.text(), Quoting.PLAIN, origin(token));
            }
            case QUOTED -> {
                scanner.take();
                yield maker.scalar(tag, token.text(), Quoting.QUOTED, origin(token));
            }
            case FLOW_SEQUENCE -> flowSequence(tag);
            case FLOW_MAPPING -> flowMapping(tag);
            case BLOCK_SEQUENCE -> blockSequence(tag, scanner.take());
            case BLOCK_MAPPING -> blockMapping(tag);
            case ENTRY -> blockSequence(tag, token);
            default -> {
                if (presence == Presence.OPTIONAL) yield maker.scalar(tag, "", Quoting.PLAIN, origin(token));
                throw error(token, token.is(Kind.END) ? "the text ends too early" : "a value is missing here");
            }
        };
    }

    /// `first` tells whether the list has an end of its own or stands below its key in the key's column.
    private N blockSequence(String tag, Token first) {
        var origin = enter(first);
        var items = new ArrayList<N>();
        while (scanner.peek().is(Kind.ENTRY)) {
            scanner.take();
            var next = scanner.peek();
            boolean none = next.is(Kind.ENTRY, Kind.BLOCK_END) || next.is(Kind.KEY, Kind.VALUE);
            items.add(none ? nothing(next) : node());
        }
        if (first.is(Kind.BLOCK_SEQUENCE)) {
            var end = scanner.take();
            if (!end.is(Kind.BLOCK_END)) throw error(end, "a list item (- …) is expected here; check the indentation");
        }
        depth--;
        return maker.sequence(tag, items, origin);
    }

    private N blockMapping(String tag) {
        var origin = enter(scanner.take());
        var content = new ArrayList<N>();
        while (scanner.peek().is(Kind.KEY)) {
            scanner.take();
            var next = scanner.peek();
            content.add(next.is(Kind.KEY, Kind.VALUE, Kind.BLOCK_END) ? nothing(next) : node());
            boolean colon = scanner.peek().is(Kind.VALUE);
            if (colon) scanner.take();
            next = scanner.peek();
            content.add(!colon || next.is(Kind.KEY, Kind.VALUE, Kind.BLOCK_END) ? nothing(next) : node());
        }
        var end = scanner.take();
        if (!end.is(Kind.BLOCK_END)) throw error(end, "a key is expected here; check the indentation and quotes");
        depth--;
        return maker.mapping(tag, content, origin);
    }

    private N flowSequence(String tag) {
        var origin = enter(scanner.take());
        brackets++;
        var items = new ArrayList<N>();
        while (!scanner.peek().is(Kind.FLOW_SEQUENCE_END)) {
            if (!items.isEmpty()) {
                comma("a comma or the closing ] is missing");
                if (scanner.peek().is(Kind.FLOW_SEQUENCE_END)) break;
            }
            items.add(scanner.peek().is(Kind.KEY) ? pair() : node());
        }
        scanner.take();
        brackets--;
        depth--;
        return maker.sequence(tag, items, origin);
    }

    /// `[a: b]` is a list with a map of one key.
    private N pair() {
        var origin = enter(scanner.peek());
        var content = new ArrayList<N>();
        flowEntry(content, Kind.FLOW_SEQUENCE_END);
        depth--;
        return maker.mapping("", content, origin);
    }

    private N flowMapping(String tag) {
        var origin = enter(scanner.take());
        brackets++;
        var content = new ArrayList<N>();
        while (!scanner.peek().is(Kind.FLOW_MAPPING_END)) {
            if (!content.isEmpty()) {
                comma("a comma or the closing } is missing");
                if (scanner.peek().is(Kind.FLOW_MAPPING_END)) break;
            }
            flowEntry(content, Kind.FLOW_MAPPING_END);
        }
        scanner.take();
        brackets--;
        depth--;
        return maker.mapping(tag, content, origin);
    }

    private void flowEntry(List<N> content, Kind end) {
        if (!scanner.peek().is(Kind.KEY)) {
            content.add(node());
            content.add(nothing(scanner.peek()));
            return;
        }
        scanner.take();
        var next = scanner.peek();
        content.add(next.is(Kind.VALUE, Kind.COMMA, end) ? nothing(next) : node());
        boolean colon = scanner.peek().is(Kind.VALUE);
        if (colon) scanner.take();
        next = scanner.peek();
        content.add(!colon || next.is(Kind.COMMA, end) ? nothing(next) : node());
    }

    private void comma(String missing) {
        var token = scanner.take();
        if (!token.is(Kind.COMMA)) throw error(token, token.is(Kind.END) ? "the text ends too early" : missing);
    }

    private N nothing(Token place) {
        return maker.scalar("", "", brackets > 0 ? Quoting.ABSENT : Quoting.PLAIN, origin(place));
    }

    private Origin enter(Token token) {
        if (++depth > budget.limits().depth()) {
            throw trouble.tooDeep(scanner.lineOf(token), token.column() + 1, budget.limits());
        }
        return origin(token);
    }

    private Origin origin(Token token) {
        return Origin.at(trouble.path(), scanner.lineOf(token), token.column() + 1);
    }

    private FaultException error(Token token, String reason) {
        return scanner.error(token.line(), token.column(), reason);
    }
}
