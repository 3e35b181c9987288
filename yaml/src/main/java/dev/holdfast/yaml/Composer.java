package dev.holdfast.yaml;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.Dialect.Plainness;
import dev.holdfast.yaml.Dialect.Written;
import dev.holdfast.yaml.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Builds the first document of a text from its tokens. Recursive: the depth limit keeps it off the stack's end.
final class Composer {

    /// Where a node stands, which decides how it may be written.
    private enum Place {
        BLOCK,
        /// A mapping's value: a list may begin in the column of its key.
        BLOCK_VALUE,
        FLOW
    }

    /// The anchor and the tag before a node; empty where there is none.
    private record Properties(String anchor, String tag) {
        static final Properties NONE = new Properties("", "");
    }

    /// What an anchor names: neither value nor scalar while it is still being read.
    private record Anchor(@Nullable Value value, @Nullable Scalar scalar, Budget.Weight weight) {}

    private record Key(String text, Token token, boolean merges) {}

    private final Scanner scanner;
    private final Trouble trouble;
    private final Dialect dialect;
    private final Budget budget;
    private final Map<String, Anchor> anchors = new HashMap<>();
    private int depth;

    Composer(Chunk chunk, Trouble trouble, Dialect dialect, Budget budget) {
        this.scanner = new Scanner(chunk, trouble, budget.limits());
        this.trouble = trouble;
        this.dialect = dialect;
        this.budget = budget;
    }

    /// The document's value; what follows its end is not read.
    Value document() {
        while (scanner.peek().is(Kind.DOCUMENT_END)) scanner.take();
        if (scanner.peek().is(Kind.DOCUMENT_START)) scanner.take();
        var first = scanner.peek();
        if (first.is(Kind.END, Kind.DOCUMENT_START, Kind.DOCUMENT_END)) return nothing(first);
        var value = node(Place.BLOCK);
        // what follows must at least be a token
        scanner.peek();
        return value;
    }

    private Value node(Place place) {
        if (scanner.peek().is(Kind.ALIAS)) return alias(scanner.take());
        var properties = properties();
        if (properties.anchor().isEmpty()) return content(place, properties);
        var before = budget.weight();
        anchors.put(properties.anchor(), new Anchor(null, null, before));
        var first = scanner.peek();
        var scalar = first.is(Kind.PLAIN, Kind.QUOTED) ? resolve(first, properties.tag()) : null;
        var value = content(place, properties);
        anchors.put(properties.anchor(), new Anchor(value, scalar, budget.since(before)));
        return value;
    }

    private Properties properties() {
        if (!scanner.peek().is(Kind.ANCHOR, Kind.TAG)) return Properties.NONE;
        var first = scanner.take();
        var second = scanner.peek();
        boolean both = second.is(Kind.ANCHOR, Kind.TAG) && !second.is(first.kind());
        if (both) scanner.take();
        var other = both ? second.text() : "";
        return first.is(Kind.ANCHOR) ? new Properties(first.text(), other) : new Properties(other, first.text());
    }

    private Value content(Place place, Properties properties) {
        var token = scanner.peek();
        budget.spend(token.text().length(), scanner.lineOf(token), token.column() + 1);
        boolean block = place != Place.FLOW;
        return switch (token.kind()) {
            case PLAIN, QUOTED -> scalar(scanner.take(), properties.tag());
            case FLOW_SEQUENCE -> flowSequence();
            case FLOW_MAPPING -> flowMapping();
            case BLOCK_SEQUENCE -> block ? blockSequence() : missing(token, properties);
            case BLOCK_MAPPING -> block ? blockMapping() : missing(token, properties);
            case ENTRY -> place == Place.BLOCK_VALUE ? sequenceBelowItsKey() : missing(token, properties);
            case END, DIRECTIVE, DOCUMENT_START, DOCUMENT_END, BLOCK_END -> missing(token, properties);
            case FLOW_SEQUENCE_END, FLOW_MAPPING_END, COMMA, KEY, VALUE -> missing(token, properties);
            case ALIAS, ANCHOR, TAG -> missing(token, properties);
        };
    }

    /// A tag or an anchor may stand for an empty value.
    private Value missing(Token token, Properties properties) {
        if (properties != Properties.NONE) return scalar(empty(token), properties.tag());
        throw error(token, token.is(Kind.END) ? "the text ends too early" : "a value is missing here");
    }

    private Value blockSequence() {
        var origin = enter(scanner.take());
        var items = new ArrayList<Value>();
        while (scanner.peek().is(Kind.ENTRY)) {
            scanner.take();
            var next = scanner.peek();
            items.add(next.is(Kind.ENTRY, Kind.BLOCK_END) ? nothing(next) : node(Place.BLOCK));
        }
        var end = scanner.take();
        if (!end.is(Kind.BLOCK_END)) throw error(end, "a list item (- …) is expected here; check the indentation");
        depth--;
        return Sequence.of(items, origin);
    }

    private Value sequenceBelowItsKey() {
        var origin = enter(scanner.peek());
        var items = new ArrayList<Value>();
        while (scanner.peek().is(Kind.ENTRY)) {
            scanner.take();
            var next = scanner.peek();
            boolean none = next.is(Kind.ENTRY, Kind.BLOCK_END) || next.is(Kind.KEY, Kind.VALUE);
            items.add(none ? nothing(next) : node(Place.BLOCK));
        }
        depth--;
        return Sequence.of(items, origin);
    }

    private Value blockMapping() {
        var fields = Mapping.builder().origin(enter(scanner.take()));
        while (scanner.peek().is(Kind.KEY)) {
            scanner.take();
            var next = scanner.peek();
            var key = next.is(Kind.KEY, Kind.VALUE, Kind.BLOCK_END) ? emptyKey(next) : key();
            var after = scanner.peek();
            if (after.is(Kind.VALUE)) {
                scanner.take();
                after = scanner.peek();
                boolean none = after.is(Kind.KEY, Kind.VALUE, Kind.BLOCK_END);
                put(fields, key, after, none ? nothing(after) : node(Place.BLOCK_VALUE));
            } else {
                put(fields, key, after, nothing(after));
            }
        }
        var end = scanner.take();
        if (!end.is(Kind.BLOCK_END)) throw error(end, "a key is expected here; check the indentation and quotes");
        depth--;
        return fields.build();
    }

    private Value flowSequence() {
        var origin = enter(scanner.take());
        var items = new ArrayList<Value>();
        while (!scanner.peek().is(Kind.FLOW_SEQUENCE_END)) {
            if (!items.isEmpty()) {
                comma("a comma or the closing ] is missing");
                if (scanner.peek().is(Kind.FLOW_SEQUENCE_END)) break;
            }
            items.add(scanner.peek().is(Kind.KEY) ? pair() : node(Place.FLOW));
        }
        scanner.take();
        depth--;
        return Sequence.of(items, origin);
    }

    /// `[a: b]` is a list with a map of one key.
    private Value pair() {
        var start = scanner.take();
        budget.spend(0, scanner.lineOf(start), start.column() + 1);
        var fields = Mapping.builder().origin(enter(start));
        var next = scanner.peek();
        var key = next.is(Kind.VALUE, Kind.COMMA, Kind.FLOW_SEQUENCE_END) ? emptyKey(next) : key();
        flowValue(fields, key, Kind.FLOW_SEQUENCE_END);
        depth--;
        return fields.build();
    }

    private Value flowMapping() {
        var fields = Mapping.builder().origin(enter(scanner.take()));
        boolean first = true;
        while (!scanner.peek().is(Kind.FLOW_MAPPING_END)) {
            if (!first) {
                comma("a comma or the closing } is missing");
                if (scanner.peek().is(Kind.FLOW_MAPPING_END)) break;
            }
            first = false;
            if (scanner.peek().is(Kind.KEY)) {
                scanner.take();
                var next = scanner.peek();
                var key = next.is(Kind.VALUE, Kind.COMMA, Kind.FLOW_MAPPING_END) ? emptyKey(next) : key();
                flowValue(fields, key, Kind.FLOW_MAPPING_END);
            } else {
                var key = key();
                var after = scanner.peek();
                put(fields, key, after, nothing(after));
            }
        }
        scanner.take();
        depth--;
        return fields.build();
    }

    private void flowValue(Mapping.Builder fields, Key key, Kind end) {
        boolean colon = scanner.peek().is(Kind.VALUE);
        if (colon) scanner.take();
        var after = scanner.peek();
        boolean none = !colon || after.is(Kind.COMMA, end);
        put(fields, key, after, none ? nothing(after) : node(Place.FLOW));
    }

    private void comma(String missing) {
        var token = scanner.take();
        if (!token.is(Kind.COMMA)) throw error(token, token.is(Kind.END) ? "the text ends too early" : missing);
    }

    private Key key() {
        var token = scanner.peek();
        budget.spend(token.text().length(), scanner.lineOf(token), token.column() + 1);
        if (token.is(Kind.ALIAS)) return key(token, anchor(scanner.take()).scalar());
        var properties = properties();
        var content = scanner.peek();
        if (content.is(Kind.PLAIN, Kind.QUOTED)) scanner.take();
        else if (properties == Properties.NONE) throw error(content, notAKey(content));
        else content = empty(content);
        var scalar = resolve(content, properties.tag());
        if (!properties.anchor().isEmpty()) {
            var weight = new Budget.Weight(1, content.text().length());
            anchors.put(properties.anchor(), new Anchor(null, scalar, weight));
        }
        if (dialect.merges(written(content, properties.tag()))) return new Key("<<", content, true);
        return key(content, scalar);
    }

    private static String notAKey(Token token) {
        return switch (token.kind()) {
            case FLOW_SEQUENCE, FLOW_MAPPING, BLOCK_SEQUENCE, BLOCK_MAPPING, ENTRY ->
                "a list or a map cannot be a key; quote it if it is text (a template such as {{ x }}?)";
            case END -> "the text ends too early";
            default -> "a key is missing here";
        };
    }

    private Key key(Token token, @Nullable Scalar scalar) {
        if (scalar == null) throw error(token, "a list or a map cannot be a key");
        var text = dialect.key(scalar, reason -> error(token, reason));
        int longest = budget.limits().key();
        if (text.length() > longest) {
            var message = "a key of " + text.length() + " characters; the limit is " + longest;
            throw trouble.at(scanner.lineOf(token), token.column() + 1, "TooLarge", message);
        }
        return new Key(Json.SYMBOLS.of(text), token, false);
    }

    private Key emptyKey(Token token) {
        return key(token, new Scalar.Nothing());
    }

    /// `first` is the token with which the value began.
    private void put(Mapping.Builder fields, Key key, Token first, Value value) {
        if (!key.merges()) {
            fields.put(key.text(), value);
        } else if (value instanceof Mapping mapping) {
            mapping.forEach(field -> fields.put(field.key(), field.value()));
        } else if (value instanceof Sequence maps
                && !first.is(Kind.ALIAS)
                && maps.mappings().size() == maps.size()) {
            // the first map wins, so it comes last
            for (var map : maps.mappings().reversed()) map.forEach(field -> fields.put(field.key(), field.value()));
        } else {
            throw error(key.token(), "<< merges a map or a list of maps only; quote the key if it is text");
        }
    }

    private Value alias(Token token) {
        var anchor = anchor(token);
        if (anchor.value() != null) return anchor.value();
        return value(token, anchor.scalar() == null ? new Scalar.Nothing() : anchor.scalar());
    }

    private Anchor anchor(Token token) {
        var anchor = anchors.get(token.text());
        if (anchor == null) throw error(token, "the anchor that this alias names is not above it");
        if (anchor.value() == null && anchor.scalar() == null) {
            throw error(token, "the value of this anchor contains itself");
        }
        budget.expand(anchor.weight(), scanner.lineOf(token), token.column() + 1);
        return anchor;
    }

    private Value scalar(Token token, String tag) {
        return value(token, resolve(token, tag));
    }

    private Value nothing(Token token) {
        return value(token, new Scalar.Nothing());
    }

    private Scalar resolve(Token token, String tag) {
        return dialect.resolve(written(token, tag), reason -> error(token, reason));
    }

    private Value value(Token token, Scalar scalar) {
        return dialect.value(scalar, origin(token), reason -> error(token, reason));
    }

    private static Written written(Token token, String tag) {
        return new Written(tag, token.text(), token.is(Kind.PLAIN) ? Plainness.PLAIN : Plainness.QUOTED);
    }

    private static Token empty(Token place) {
        return new Token(Kind.PLAIN, place.line(), place.column());
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
