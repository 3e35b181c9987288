package dev.holdfast.yaml;

import dev.holdfast.model.Value;
import dev.holdfast.yaml.Collection.Place;
import dev.holdfast.yaml.Dialect.Standing;
import dev.holdfast.yaml.Leaves.Properties;
import dev.holdfast.yaml.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds the first document of a text from its tokens. What is open stands in a list and not on the thread's
/// stack, so that no text, however deep, can end a thread.
final class Composer {

    /// A collection that is being read, its anchor (empty: none) and what the document had cost before it.
    private record Open(Collection collection, String anchor, Budget.Weight before) {}

    private static final Budget.Weight WEIGHTLESS = new Budget.Weight(0, 0);

    private final Scanner scanner;
    private final Trouble trouble;
    private final Budget budget;
    private final Leaves leaves;
    private final List<Open> open = new ArrayList<>();

    Composer(Chunk chunk, Trouble trouble, Dialect dialect, Budget budget) {
        this.scanner = new Scanner(chunk, trouble, dialect, budget.limits());
        this.trouble = trouble;
        this.budget = budget;
        this.leaves = new Leaves(scanner, trouble, dialect, budget);
    }

    /// The document's value; what follows its end is not read.
    Value document() {
        while (scanner.peek().is(Kind.DOCUMENT_END)) scanner.take();
        if (scanner.peek().is(Kind.DOCUMENT_START)) scanner.take();
        var first = scanner.peek();
        if (first.is(Kind.END, Kind.DOCUMENT_START, Kind.DOCUMENT_END)) return leaves.nothing(first, Standing.BLOCK);
        var value = node();
        // what follows must at least be a token
        scanner.peek();
        return value;
    }

    /// What a strict reader says about keys that a map had already.
    List<String> repeated() {
        return leaves.repeated();
    }

    private Value node() {
        var value = begin(Place.BLOCK);
        while (true) {
            if (value == null) {
                var place = open.getLast().collection().next();
                value = place == Place.NONE ? close() : begin(place);
            } else if (open.isEmpty()) {
                return value;
            } else {
                open.getLast().collection().accept(value);
                value = null;
            }
        }
    }

    /// The value where it is a scalar or an alias; null where a collection was opened.
    private @Nullable Value begin(Place place) {
        if (place == Place.PAIR) {
            var start = scanner.take();
            budget.spend(0, scanner.lineOf(start), start.column() + 1);
            return open(new Collection.Pair(scanner, leaves, start), start, Properties.NONE, WEIGHTLESS);
        }
        if (scanner.peek().is(Kind.ALIAS)) return leaves.alias(scanner.take(), standing(place));
        var properties = leaves.properties();
        if (properties.anchor().isEmpty()) return content(place, properties, WEIGHTLESS);
        var before = budget.weight();
        leaves.begin(properties.anchor());
        return content(place, properties, before);
    }

    private @Nullable Value content(Place place, Properties properties, Budget.Weight before) {
        var token = scanner.peek();
        budget.spend(token.text().length(), scanner.lineOf(token), token.column() + 1);
        var collection = collection(place, token);
        if (collection != null) return open(collection, token, properties, before);
        boolean written = token.is(Kind.PLAIN, Kind.QUOTED);
        // a tag or an anchor may stand for an empty value
        if (written || properties != Properties.NONE) {
            var text = written ? scanner.take() : Leaves.empty(token);
            return leaves.scalar(text, properties, standing(place), before);
        }
        throw leaves.error(token, token.is(Kind.END) ? "the text ends too early" : "a value is missing here");
    }

    private static Standing standing(Place place) {
        return place == Place.FLOW ? Standing.FLOW : Standing.BLOCK;
    }

    private @Nullable Collection collection(Place place, Token token) {
        boolean block = place != Place.FLOW;
        return switch (token.kind()) {
            case FLOW_SEQUENCE -> new Collection.FlowSequence(scanner, leaves, scanner.take());
            case FLOW_MAPPING -> new Collection.FlowMapping(scanner, leaves, scanner.take());
            case BLOCK_SEQUENCE -> block ? new Collection.BlockSequence(scanner, leaves, scanner.take()) : null;
            case BLOCK_MAPPING -> block ? new Collection.BlockMapping(scanner, leaves, scanner.take()) : null;
            case ENTRY ->
                place == Place.BLOCK_VALUE ? new Collection.SequenceBelowItsKey(scanner, leaves, token) : null;
            case PLAIN, QUOTED, ALIAS, ANCHOR, TAG, KEY, VALUE, COMMA -> null;
            case END, DIRECTIVE, DOCUMENT_START, DOCUMENT_END, BLOCK_END, FLOW_SEQUENCE_END, FLOW_MAPPING_END -> null;
        };
    }

    private @Nullable Value open(Collection collection, Token first, Properties properties, Budget.Weight before) {
        open.add(new Open(collection, properties.anchor(), before));
        leaves.depth(open.size());
        if (open.size() <= budget.limits().depth()) return null;
        throw trouble.tooDeep(scanner.lineOf(first), first.column() + 1, budget.limits());
    }

    private Value close() {
        var closed = open.removeLast();
        leaves.depth(open.size());
        var value = closed.collection().value();
        if (!closed.anchor().isEmpty()) leaves.end(closed.anchor(), value, closed.before());
        return value;
    }
}
