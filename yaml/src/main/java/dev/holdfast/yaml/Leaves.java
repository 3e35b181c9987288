package dev.holdfast.yaml;

import dev.holdfast.model.FaultException;
import dev.holdfast.yaml.NodeMaker.Fields;
import dev.holdfast.yaml.NodeMaker.Form;
import dev.holdfast.yaml.NodeMaker.Quoting;
import dev.holdfast.yaml.Token.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has no inside: scalars, keys, aliases, and the anchors and tags before a node.
final class Leaves<N> {

    /// The anchor and the tag before a node; empty where there is none.
    record Properties(String anchor, String tag) {
        static final Properties NONE = new Properties("", "");
    }

    /// Whether a scalar stands in lines of its own, or in brackets or braces.
    enum Standing {
        BLOCK,
        FLOW
    }

    private record Written(String tag, String text, Quoting quoting) {}

    /// What an anchor names: a node, and of a scalar how it was written (of a key only that); neither while it is
    /// still being read.
    private record Anchor<N>(@Nullable N node, @Nullable Written written, Budget.Weight weight) {}

    private final Scanner scanner;
    private final Budget budget;
    private final NodeMaker<N> maker;
    private final Map<String, Anchor<N>> anchors = new LinkedHashMap<>();
    private int depth;

    Leaves(Scanner scanner, Budget budget, NodeMaker<N> maker) {
        this.scanner = scanner;
        this.budget = budget;
        this.maker = maker;
    }

    void newDocument() {
        anchors.clear();
        depth = 0;
    }

    /// How many collections are open.
    void depth(int collections) {
        depth = collections;
    }

    Properties properties() {
        if (!scanner.peek().is(Kind.ANCHOR, Kind.TAG)) return Properties.NONE;
        var first = scanner.take();
        var kind = first.kind();
        var text = first.text();
        var second = scanner.peek();
        boolean both = second.is(Kind.ANCHOR, Kind.TAG) && !second.is(kind);
        var other = both ? scanner.take().text() : "";
        return kind == Kind.ANCHOR ? new Properties(text, other) : new Properties(other, text);
    }

    /// An alias inside what its anchor names is an error, so the anchor is known before its value is.
    void begin(String anchor) {
        anchors.put(anchor, new Anchor<>(null, null, budget.weight()));
    }

    void end(String anchor, N node, Budget.Weight before) {
        maker.anchored(node, anchor);
        anchors.put(anchor, new Anchor<>(node, null, budget.since(before)));
    }

    /// A scalar with the anchor and the tag that stand before it; an empty one where the token is no scalar.
    N scalar(Token token, Properties properties, Standing standing, Budget.Weight before) {
        if (properties == Properties.NONE) return made("", token.text(), token.quoting(), token);
        var written = written(token, properties.tag(), standing);
        var node = made(written.tag(), written.text(), written.quoting(), token);
        if (!properties.anchor().isEmpty()) {
            maker.anchored(node, properties.anchor());
            anchors.put(properties.anchor(), new Anchor<>(node, written, budget.since(before)));
        }
        return node;
    }

    private static Written written(Token token, String tag, Standing standing) {
        if (token.is(Kind.PLAIN, Kind.QUOTED)) return new Written(tag, token.text(), token.quoting());
        // Kustomize prints an empty value among brackets as '' and reads that as text
        boolean absent = standing == Standing.FLOW && (tag.isEmpty() || tag.equals(Go2.CORE + "null"));
        return absent ? new Written("", "", Quoting.ABSENT) : new Written(tag, "", Quoting.PLAIN);
    }

    N nothing(Token token, Standing standing) {
        return made("", "", standing == Standing.FLOW ? Quoting.ABSENT : Quoting.PLAIN, token);
    }

    private N made(String tag, String text, Quoting quoting, Token token) {
        return maker.scalar(tag, text, quoting, scanner.lineOf(token), token.column() + 1);
    }

    N sequence(Form form, List<N> items, int line, int column) {
        return maker.sequence(form, items, line, column);
    }

    Fields<N> fields(Token first) {
        var form = first.is(Kind.BLOCK_MAPPING) ? Form.BLOCK : Form.FLOW;
        return maker.fields(form, depth, scanner.lineOf(first), first.column() + 1);
    }

    N alias(Token token) {
        var anchor = anchor(token);
        if (anchor.node() != null) return maker.alias(anchor.node(), token.text());
        var written = scalarOf(anchor, token);
        return made(written.tag(), written.text(), written.quoting(), token);
    }

    private Anchor<N> anchor(Token token) {
        var anchor = anchors.get(token.text());
        if (anchor == null) throw error(token, "the anchor that this alias names is not above it");
        if (anchor.node() == null && anchor.written() == null) {
            throw error(token, "the value of this anchor contains itself");
        }
        budget.expand(anchor.weight(), scanner.lineOf(token), token.column() + 1);
        return anchor;
    }

    private Written scalarOf(Anchor<N> anchor, Token token) {
        var written = anchor.written();
        if (written == null) throw error(token, "a list or a map cannot be a key");
        return written;
    }

    void key(Fields<N> into, Standing standing) {
        var token = scanner.peek();
        budget.spend(token.text().length(), scanner.lineOf(token), token.column() + 1);
        if (token.is(Kind.PLAIN, Kind.QUOTED)) {
            scanner.take();
            key(into, "", token.text(), token.quoting(), token);
            return;
        }
        if (token.is(Kind.ALIAS)) {
            var written = scalarOf(anchor(scanner.take()), token);
            key(into, written.tag(), written.text(), written.quoting(), token);
            return;
        }
        var properties = properties();
        var content = scanner.peek();
        if (content.is(Kind.PLAIN, Kind.QUOTED)) scanner.take();
        else if (properties == Properties.NONE || opens(content)) throw error(content, notAKey(content));
        var written = written(content, properties.tag(), standing);
        if (!properties.anchor().isEmpty()) {
            var weight = new Budget.Weight(1, content.text().length());
            anchors.put(properties.anchor(), new Anchor<>(null, written, weight));
        }
        key(into, written.tag(), written.text(), written.quoting(), content);
    }

    void emptyKey(Fields<N> into, Token token) {
        key(into, "", "", Quoting.ABSENT, token);
    }

    private void key(Fields<N> into, String tag, String text, Quoting quoting, Token token) {
        int longest = budget.limits().key();
        if (text.length() > longest) {
            var message = "a key of " + text.length() + " characters; the limit is " + longest;
            throw scanner.trouble().at(scanner.lineOf(token), token.column() + 1, "TooLarge", message);
        }
        into.key(tag, text, quoting, scanner.lineOf(token), token.column() + 1);
    }

    private static boolean opens(Token token) {
        return token.is(Kind.FLOW_SEQUENCE, Kind.FLOW_MAPPING) || token.is(Kind.BLOCK_SEQUENCE, Kind.BLOCK_MAPPING);
    }

    private static String notAKey(Token token) {
        return switch (token.kind()) {
            case FLOW_SEQUENCE, FLOW_MAPPING, BLOCK_SEQUENCE, BLOCK_MAPPING, ENTRY ->
                "a list or a map cannot be a key; quote it if it is text (a template such as {{ x }}?)";
            case END -> "the text ends too early";
            default -> "a key is missing here";
        };
    }

    int line(Token token) {
        return scanner.lineOf(token);
    }

    FaultException error(Token token, String reason) {
        return scanner.error(token.line(), token.column(), reason);
    }
}
