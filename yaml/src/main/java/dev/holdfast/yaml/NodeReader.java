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
import org.jspecify.annotations.Nullable;

/// The documents of a text as trees of the caller's nodes. Scalars are not resolved; limits are those of
/// {@link YamlReader}, an alias counts what it stands for.
public final class NodeReader<N> {

    private static final Go3 RULES = new Go3();

    /// A tag or an anchor may stand for an empty value.
    private enum Presence {
        REQUIRED,
        OPTIONAL
    }

    /// Where a node stands, which decides how it may be written, and what an empty one means.
    private enum Place {
        BLOCK,
        /// A mapping's value: a list may begin in the column of its key.
        BLOCK_VALUE,
        FLOW
    }

    private record Anchor<N>(@Nullable N node, Budget.Weight weight) {}

    private final Scanner scanner;
    private final Trouble trouble;
    private final Budget budget;
    private final NodeMaker<N> maker;
    private final Map<String, Anchor<N>> anchors = new HashMap<>();
    private int depth;

    private NodeReader(Chunk chunk, Trouble trouble, Budget budget, NodeMaker<N> maker) {
        this.scanner = new Scanner(chunk, trouble, RULES, budget.limits());
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
        var text = RULES.text(path, file);
        var trouble = YamlReader.checked(path, text);
        var budget = new Budget(limits, trouble);
        var documents = new ArrayList<N>();
        var chunks = RULES.cut(text, trouble);
        while (chunks.hasNext()) {
            var chunk = chunks.next();
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

    private @Nullable N document() {
        while (scanner.peek().is(Kind.DOCUMENT_END)) scanner.take();
        if (scanner.peek().is(Kind.DOCUMENT_START)) scanner.take();
        var first = scanner.peek();
        if (first.is(Kind.END, Kind.DOCUMENT_START, Kind.DOCUMENT_END)) return null;
        var node = node(Place.BLOCK);
        // what follows must at least be a token
        scanner.peek();
        return node;
    }

    private N node(Place place) {
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
        if (anchor.isEmpty() && tag.isEmpty()) return content(tag, place, Presence.REQUIRED);
        if (anchor.isEmpty()) return content(tag, place, Presence.OPTIONAL);
        var before = budget.weight();
        anchors.put(anchor, new Anchor<>(null, before));
        var node = content(tag, place, Presence.OPTIONAL);
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

    private N content(String tag, Place place, Presence presence) {
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
            case BLOCK_SEQUENCE ->
                place == Place.FLOW ? missing(tag, place, presence) : blockSequence(tag, scanner.take());
            case BLOCK_MAPPING -> place == Place.FLOW ? missing(tag, place, presence) : blockMapping(tag);
            case ENTRY -> place == Place.BLOCK_VALUE ? blockSequence(tag, token) : missing(tag, place, presence);
            default -> missing(tag, place, presence);
        };
    }

    private N missing(String tag, Place place, Presence presence) {
        var token = scanner.peek();
        if (presence == Presence.OPTIONAL) return empty(tag, place, token);
        throw error(token, token.is(Kind.END) ? "the text ends too early" : "a value is missing here");
    }

    /// Kustomize prints an empty value among brackets, or an empty key, as '' and reads that as text.
    private N empty(String tag, Place place, Token token) {
        boolean text = place == Place.FLOW && (tag.isEmpty() || tag.equals(Go2.CORE + "null"));
        return text
                ? maker.scalar("", "", Quoting.ABSENT, origin(token))
                : maker.scalar(tag, "", Quoting.PLAIN, origin(token));
    }

    /// `first` tells whether the list has an end of its own or stands below its key in the key's column.
    private N blockSequence(String tag, Token first) {
        var origin = enter(first);
        var items = new ArrayList<N>();
        while (scanner.peek().is(Kind.ENTRY)) {
            scanner.take();
            var next = scanner.peek();
            boolean none = next.is(Kind.ENTRY, Kind.BLOCK_END) || next.is(Kind.KEY, Kind.VALUE);
            items.add(none ? nothing(next, Place.BLOCK) : node(Place.BLOCK));
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
            content.add(next.is(Kind.KEY, Kind.VALUE, Kind.BLOCK_END) ? emptyKey(next) : node(Place.BLOCK));
            boolean colon = scanner.peek().is(Kind.VALUE);
            if (colon) scanner.take();
            next = scanner.peek();
            boolean none = !colon || next.is(Kind.KEY, Kind.VALUE, Kind.BLOCK_END);
            content.add(none ? nothing(next, Place.BLOCK) : node(Place.BLOCK_VALUE));
        }
        var end = scanner.take();
        if (!end.is(Kind.BLOCK_END)) throw error(end, "a key is expected here; check the indentation and quotes");
        depth--;
        return maker.mapping(tag, content, origin);
    }

    private N flowSequence(String tag) {
        var origin = enter(scanner.take());
        var items = new ArrayList<N>();
        while (!scanner.peek().is(Kind.FLOW_SEQUENCE_END)) {
            if (!items.isEmpty()) {
                comma("a comma or the closing ] is missing");
                if (scanner.peek().is(Kind.FLOW_SEQUENCE_END)) break;
            }
            items.add(scanner.peek().is(Kind.KEY) ? pair() : node(Place.FLOW));
        }
        scanner.take();
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
        var content = new ArrayList<N>();
        while (!scanner.peek().is(Kind.FLOW_MAPPING_END)) {
            if (!content.isEmpty()) {
                comma("a comma or the closing } is missing");
                if (scanner.peek().is(Kind.FLOW_MAPPING_END)) break;
            }
            flowEntry(content, Kind.FLOW_MAPPING_END);
        }
        scanner.take();
        depth--;
        return maker.mapping(tag, content, origin);
    }

    private void flowEntry(List<N> content, Kind end) {
        if (!scanner.peek().is(Kind.KEY)) {
            content.add(node(Place.FLOW));
            content.add(nothing(scanner.peek(), Place.FLOW));
            return;
        }
        scanner.take();
        var next = scanner.peek();
        content.add(next.is(Kind.VALUE, Kind.COMMA, end) ? emptyKey(next) : node(Place.FLOW));
        boolean colon = scanner.peek().is(Kind.VALUE);
        if (colon) scanner.take();
        next = scanner.peek();
        content.add(!colon || next.is(Kind.COMMA, end) ? nothing(next, Place.FLOW) : node(Place.FLOW));
    }

    private void comma(String missing) {
        var token = scanner.take();
        if (!token.is(Kind.COMMA)) throw error(token, token.is(Kind.END) ? "the text ends too early" : missing);
    }

    /// An empty key is printed as '' and read as that.
    private N emptyKey(Token token) {
        return maker.scalar("", "", Quoting.QUOTED, origin(token));
    }

    private N nothing(Token token, Place place) {
        return empty("", place, token);
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
