package dev.holdfast.yaml;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.Dialect.Plainness;
import dev.holdfast.yaml.Dialect.Standing;
import dev.holdfast.yaml.Dialect.Written;
import dev.holdfast.yaml.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has no inside: scalars, keys, aliases, and the anchors and tags before a node.
final class Leaves {

    /// The anchor and the tag before a node; empty where there is none.
    record Properties(String anchor, String tag) {
        static final Properties NONE = new Properties("", "");
    }

    /// What an anchor names: a value, or for a key the text alone; neither while it is still being read.
    private record Anchor(@Nullable Value value, @Nullable Written written, Budget.Weight weight) {}

    record Key(String text, Token token, boolean merges) {}

    private final Scanner scanner;
    private final Trouble trouble;
    private final Dialect dialect;
    private final Budget budget;
    private final Map<String, Anchor> anchors = new HashMap<>();
    private final List<String> repeated = new ArrayList<>();
    private int depth;

    Leaves(Scanner scanner, Trouble trouble, Dialect dialect, Budget budget) {
        this.scanner = scanner;
        this.trouble = trouble;
        this.dialect = dialect;
        this.budget = budget;
    }

    /// How many collections are open.
    void depth(int collections) {
        depth = collections;
    }

    Properties properties() {
        if (!scanner.peek().is(Kind.ANCHOR, Kind.TAG)) return Properties.NONE;
        var first = scanner.take();
        var second = scanner.peek();
        boolean both = second.is(Kind.ANCHOR, Kind.TAG) && !second.is(first.kind());
        if (both) scanner.take();
        var other = both ? second.text() : "";
        return first.is(Kind.ANCHOR) ? new Properties(first.text(), other) : new Properties(other, first.text());
    }

    /// An alias inside what its anchor names is an error, so the anchor is known before its value is.
    void begin(String anchor) {
        anchors.put(anchor, new Anchor(null, null, budget.weight()));
    }

    void end(String anchor, Value value, Budget.Weight before) {
        anchors.put(anchor, new Anchor(value, null, budget.since(before)));
    }

    /// A scalar with the anchor and the tag that stand before it.
    Value scalar(Token token, Properties properties, Standing standing, Budget.Weight before) {
        var written = written(token, properties.tag());
        var value = value(token, written, standing);
        if (!properties.anchor().isEmpty()) {
            anchors.put(properties.anchor(), new Anchor(value, written, budget.since(before)));
        }
        return value;
    }

    Key key() {
        var token = scanner.peek();
        budget.spend(token.text().length(), scanner.lineOf(token), token.column() + 1);
        if (token.is(Kind.ALIAS)) return key(token, anchor(scanner.take()).written());
        var properties = properties();
        var content = scanner.peek();
        if (content.is(Kind.PLAIN, Kind.QUOTED)) scanner.take();
        else if (properties == Properties.NONE || opens(content)) throw error(content, notAKey(content));
        else content = empty(content);
        var written = written(content, properties.tag());
        if (!properties.anchor().isEmpty()) {
            var weight = new Budget.Weight(1, content.text().length());
            anchors.put(properties.anchor(), new Anchor(null, written, weight));
        }
        return key(content, written);
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

    private Key key(Token token, @Nullable Written written) {
        if (written == null) throw error(token, "a list or a map cannot be a key");
        if (dialect.merges(written)) return new Key("<<", token, true);
        var standing = depth == 1 ? Standing.TOP_KEY : Standing.KEY;
        var scalar = dialect.resolve(written, standing, reason -> error(token, reason));
        var text = dialect.key(written, scalar, standing, reason -> error(token, reason));
        int longest = budget.limits().key();
        if (text.length() > longest) {
            var message = "a key of " + text.length() + " characters; the limit is " + longest;
            throw trouble.at(scanner.lineOf(token), token.column() + 1, "TooLarge", message);
        }
        return new Key(Json.SYMBOLS.of(text), token, false);
    }

    Key emptyKey(Token token) {
        return key(token, Written.EMPTY);
    }

    /// A key that its map had already. As go-yaml v2 says it where it is strict: with the line of the value.
    void repeats(Key key, Token first) {
        repeated.add("line " + scanner.lineOf(first) + ": key " + JsonWriter.text(Value.of(key.text()))
                + " already set in map");
    }

    /// The keys that a map had already, in the order in which they were read.
    List<String> repeated() {
        return repeated;
    }

    /// The map that begins at a token.
    Assembly assembly(Token first) {
        return switch (dialect.merging()) {
            case IN_ORDER -> new Assembly.InOrder(this, first);
            case KEYS_FIRST -> new Assembly.KeysFirst(this, first);
        };
    }

    Value alias(Token token, Standing standing) {
        var anchor = anchor(token);
        var written = anchor.written();
        if (anchor.value() != null && (written == null || !written.text().isEmpty())) return anchor.value();
        // what an empty text means depends on where it stands
        return value(token, written == null ? Written.EMPTY : written, standing);
    }

    private Anchor anchor(Token token) {
        var anchor = anchors.get(token.text());
        if (anchor == null) throw error(token, "the anchor that this alias names is not above it");
        if (anchor.value() == null && anchor.written() == null) {
            throw error(token, "the value of this anchor contains itself");
        }
        budget.expand(anchor.weight(), scanner.lineOf(token), token.column() + 1);
        return anchor;
    }

    Value nothing(Token token, Standing standing) {
        return value(token, Written.EMPTY, standing);
    }

    private Value value(Token token, Written written, Standing standing) {
        var scalar = dialect.resolve(written, standing, reason -> error(token, reason));
        return dialect.value(scalar, origin(token), reason -> error(token, reason));
    }

    private static Written written(Token token, String tag) {
        return new Written(tag, token.text(), token.is(Kind.PLAIN) ? Plainness.PLAIN : Plainness.QUOTED);
    }

    static Token empty(Token place) {
        return new Token(Kind.PLAIN, place.line(), place.column());
    }

    Origin origin(Token token) {
        return Origin.at(trouble.path(), scanner.lineOf(token), token.column() + 1);
    }

    FaultException error(Token token, String reason) {
        return scanner.error(token.line(), token.column(), reason);
    }
}
