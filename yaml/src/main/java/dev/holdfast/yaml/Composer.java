package dev.holdfast.yaml;

import dev.holdfast.yaml.Collection.Place;
import dev.holdfast.yaml.Leaves.Properties;
import dev.holdfast.yaml.Leaves.Standing;
import dev.holdfast.yaml.NodeMaker.Presence;
import dev.holdfast.yaml.Token.Kind;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Builds the first document of each text of a file from its tokens, out of a maker's nodes. What is open stands in
/// a list and not on the thread's stack, so that no text, however deep, can end a thread.
final class Composer<N> {

    private final Scanner scanner;
    private final Budget budget;
    private final Leaves<N> leaves;
    private final ArrayList<Collection<N>> open = new ArrayList<>();

    Composer(Scanner scanner, Budget budget, NodeMaker<N> maker) {
        this.scanner = scanner;
        this.budget = budget;
        this.leaves = new Leaves<>(scanner, budget, maker);
        scanner.comments(maker);
    }

    /// The node of a document's text, null where there is none; what follows its end is not read.
    @Nullable
    N document(Chunk chunk) {
        scanner.start(chunk);
        budget.newDocument();
        leaves.newDocument();
        open.clear();
        while (scanner.peek().is(Kind.DOCUMENT_END)) scanner.take();
        if (scanner.peek().is(Kind.DOCUMENT_START)) scanner.take();
        if (scanner.peek().is(Kind.END, Kind.DOCUMENT_START, Kind.DOCUMENT_END)) return null;
        var node = node();
        // what follows must at least be a token
        scanner.peek();
        return node;
    }

    private N node() {
        var node = begin(Place.BLOCK);
        var presence = Presence.WRITTEN;
        while (true) {
            if (node == null) {
                var place = open.getLast().next();
                boolean alias = place != Place.NONE && scanner.peek().is(Kind.ALIAS);
                presence = alias ? Presence.ALIASED : Presence.WRITTEN;
                node = place == Place.NONE ? close() : begin(place);
            } else if (open.isEmpty()) {
                return node;
            } else {
                open.getLast().accept(node, presence);
                node = null;
            }
        }
    }

    /// The node where it is a scalar or an alias; null where a collection was opened.
    private @Nullable N begin(Place place) {
        var first = scanner.peek();
        if (place == Place.PAIR) {
            scanner.take();
            budget.spend(0, scanner.lineOf(first), first.column() + 1);
            return open(new Collection.Pair<>(scanner, leaves, first), first, Properties.NONE, Budget.Weight.NONE);
        }
        if (first.is(Kind.ALIAS)) return leaves.alias(scanner.take());
        if (!first.is(Kind.ANCHOR, Kind.TAG)) return content(place, Properties.NONE, Budget.Weight.NONE);
        var properties = leaves.properties();
        if (properties.anchor().isEmpty()) return content(place, properties, Budget.Weight.NONE);
        var before = budget.weight();
        leaves.begin(properties.anchor());
        return content(place, properties, before);
    }

    private @Nullable N content(Place place, Properties properties, Budget.Weight before) {
        var token = scanner.peek();
        budget.spend(token.text().length(), scanner.lineOf(token), token.column() + 1);
        boolean written = token.is(Kind.PLAIN, Kind.QUOTED);
        var collection = written ? null : collection(place, token);
        if (collection != null) return open(collection, token, properties, before);
        if (written) scanner.take();
        else if (properties == Properties.NONE) {
            throw leaves.error(token, token.is(Kind.END) ? "the text ends too early" : "a value is missing here");
        }
        // a tag or an anchor may stand for an empty value
        return leaves.scalar(token, properties, place == Place.FLOW ? Standing.FLOW : Standing.BLOCK, before);
    }

    private @Nullable Collection<N> collection(Place place, Token token) {
        boolean block = place != Place.FLOW;
        return switch (token.kind()) {
            case FLOW_SEQUENCE -> new Collection.FlowSequence<>(scanner, leaves, scanner.take());
            case FLOW_MAPPING -> new Collection.FlowMapping<>(scanner, leaves, scanner.take());
            case BLOCK_SEQUENCE -> block ? new Collection.BlockSequence<>(scanner, leaves, scanner.take()) : null;
            case BLOCK_MAPPING -> block ? new Collection.BlockMapping<>(scanner, leaves, scanner.take()) : null;
            case ENTRY ->
                place == Place.BLOCK_VALUE ? new Collection.SequenceBelowItsKey<>(scanner, leaves, token) : null;
            case PLAIN, QUOTED, ALIAS, ANCHOR, TAG, KEY, VALUE, COMMA -> null;
            case END, DIRECTIVE, DOCUMENT_START, DOCUMENT_END, BLOCK_END, FLOW_SEQUENCE_END, FLOW_MAPPING_END -> null;
        };
    }

    private @Nullable N open(Collection<N> collection, Token first, Properties properties, Budget.Weight before) {
        if (!properties.anchor().isEmpty()) collection.anchor(properties.anchor(), before);
        open.add(collection);
        leaves.depth(open.size());
        if (open.size() <= budget.limits().depth()) return null;
        throw scanner.tooDeep(first);
    }

    private N close() {
        var closed = open.removeLast();
        leaves.depth(open.size());
        var node = closed.node();
        if (!closed.anchor().isEmpty()) leaves.end(closed.anchor(), node, closed.before());
        return node;
    }
}
