package dev.holdfast.yaml;

import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.Dialect.Standing;
import dev.holdfast.yaml.Leaves.Key;
import dev.holdfast.yaml.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list or a map that is being read. It reads what separates its children; each child is read by the
/// {@link Composer}, which asks {@link #next} where the child stands and hands it over to {@link #accept}.
abstract sealed class Collection {

    /// Where a node stands, which decides how it may be written.
    enum Place {
        BLOCK,
        /// A mapping's value: a list may begin in the column of its key.
        BLOCK_VALUE,
        FLOW,
        /// `a: b` in a list: a map of one key.
        PAIR,
        /// No further node: the collection is complete.
        NONE
    }

    final Scanner scanner;
    final Leaves leaves;

    private Collection(Scanner scanner, Leaves leaves) {
        this.scanner = scanner;
        this.leaves = leaves;
    }

    /// Reads up to the next child.
    abstract Place next();

    abstract void accept(Value child);

    /// All that was read, once there is no next child.
    abstract Value value();

    final void comma(String missing) {
        var token = scanner.take();
        if (token.is(Kind.COMMA)) return;
        throw leaves.error(token, token.is(Kind.END) ? "the text ends too early" : missing);
    }

    /// A list of any form.
    private abstract static sealed class Items extends Collection {
        final List<Value> items = new ArrayList<>();
        private final Token first;

        Items(Scanner scanner, Leaves leaves, Token first) {
            super(scanner, leaves);
            this.first = first;
        }

        @Override
        final void accept(Value child) {
            items.add(child);
        }

        @Override
        final Value value() {
            return Sequence.of(items, leaves.origin(first));
        }
    }

    static final class BlockSequence extends Items {
        BlockSequence(Scanner scanner, Leaves leaves, Token first) {
            super(scanner, leaves, first);
        }

        @Override
        Place next() {
            while (scanner.peek().is(Kind.ENTRY)) {
                scanner.take();
                var next = scanner.peek();
                if (!next.is(Kind.ENTRY, Kind.BLOCK_END)) return Place.BLOCK;
                items.add(leaves.nothing(next, Standing.BLOCK));
            }
            var end = scanner.take();
            if (end.is(Kind.BLOCK_END)) return Place.NONE;
            throw leaves.error(end, "a list item (- …) is expected here; check the indentation");
        }
    }

    /// A list whose dashes stand in the column of the key above it: no tokens mark its begin and its end.
    static final class SequenceBelowItsKey extends Items {
        SequenceBelowItsKey(Scanner scanner, Leaves leaves, Token first) {
            super(scanner, leaves, first);
        }

        @Override
        Place next() {
            while (scanner.peek().is(Kind.ENTRY)) {
                scanner.take();
                var next = scanner.peek();
                boolean none = next.is(Kind.ENTRY, Kind.BLOCK_END) || next.is(Kind.KEY, Kind.VALUE);
                if (!none) return Place.BLOCK;
                items.add(leaves.nothing(next, Standing.BLOCK));
            }
            return Place.NONE;
        }
    }

    static final class FlowSequence extends Items {
        FlowSequence(Scanner scanner, Leaves leaves, Token first) {
            super(scanner, leaves, first);
        }

        @Override
        Place next() {
            if (!items.isEmpty() && !scanner.peek().is(Kind.FLOW_SEQUENCE_END)) {
                comma("a comma or the closing ] is missing");
            }
            if (!scanner.peek().is(Kind.FLOW_SEQUENCE_END)) {
                return scanner.peek().is(Kind.KEY) ? Place.PAIR : Place.FLOW;
            }
            scanner.take();
            return Place.NONE;
        }
    }

    /// A map of any form. While a value is being read, its key waits.
    private abstract static sealed class Fields extends Collection {
        private final Assembly fields;
        private @Nullable Key key;
        private @Nullable Token first;

        Fields(Scanner scanner, Leaves leaves, Token first) {
            super(scanner, leaves);
            this.fields = leaves.assembly(first);
        }

        @Override
        final void accept(Value child) {
            if (key == null || first == null) throw new IllegalStateException("a value without its key");
            fields.put(key, first, child);
        }

        @Override
        final Value value() {
            return fields.mapping();
        }

        final void empty(Key without, Token after, Standing standing) {
            fields.put(without, after, leaves.nothing(after, standing));
        }

        final Place awaits(Key read, Token value, Place place) {
            key = read;
            first = value;
            return place;
        }

        /// The value after a key in braces or brackets; NONE where the key stands alone.
        final Place flowValue(Key read, Kind end) {
            boolean colon = scanner.peek().is(Kind.VALUE);
            if (colon) scanner.take();
            var after = scanner.peek();
            if (colon && !after.is(Kind.COMMA, end)) return awaits(read, after, Place.FLOW);
            empty(read, after, Standing.FLOW);
            return Place.NONE;
        }
    }

    static final class BlockMapping extends Fields {
        BlockMapping(Scanner scanner, Leaves leaves, Token first) {
            super(scanner, leaves, first);
        }

        @Override
        Place next() {
            while (scanner.peek().is(Kind.KEY)) {
                scanner.take();
                var next = scanner.peek();
                var key = next.is(Kind.KEY, Kind.VALUE, Kind.BLOCK_END) ? leaves.emptyKey(next) : leaves.key();
                var after = scanner.peek();
                if (after.is(Kind.VALUE)) {
                    scanner.take();
                    after = scanner.peek();
                    boolean none = after.is(Kind.KEY, Kind.VALUE, Kind.BLOCK_END);
                    if (!none) return awaits(key, after, Place.BLOCK_VALUE);
                }
                empty(key, after, Standing.BLOCK);
            }
            var end = scanner.take();
            if (end.is(Kind.BLOCK_END)) return Place.NONE;
            throw leaves.error(end, "a key is expected here; check the indentation and quotes");
        }
    }

    static final class FlowMapping extends Fields {
        private Token before;

        FlowMapping(Scanner scanner, Leaves leaves, Token first) {
            super(scanner, leaves, first);
            this.before = first;
        }

        @Override
        Place next() {
            while (!scanner.peek().is(Kind.FLOW_MAPPING_END)) {
                if (!before.is(Kind.FLOW_MAPPING)) {
                    comma("a comma or the closing } is missing");
                    if (scanner.peek().is(Kind.FLOW_MAPPING_END)) break;
                }
                before = scanner.peek();
                if (field() == Place.FLOW) return Place.FLOW;
            }
            scanner.take();
            return Place.NONE;
        }

        private Place field() {
            if (!scanner.peek().is(Kind.KEY)) {
                empty(leaves.key(), scanner.peek(), Standing.FLOW);
                return Place.NONE;
            }
            scanner.take();
            var next = scanner.peek();
            boolean none = next.is(Kind.VALUE, Kind.COMMA, Kind.FLOW_MAPPING_END);
            return flowValue(none ? leaves.emptyKey(next) : leaves.key(), Kind.FLOW_MAPPING_END);
        }
    }

    /// `[a: b]` is a list with a map of one key.
    static final class Pair extends Fields {
        private boolean read;

        Pair(Scanner scanner, Leaves leaves, Token first) {
            super(scanner, leaves, first);
        }

        @Override
        Place next() {
            if (read) return Place.NONE;
            read = true;
            var next = scanner.peek();
            boolean none = next.is(Kind.VALUE, Kind.COMMA, Kind.FLOW_SEQUENCE_END);
            return flowValue(none ? leaves.emptyKey(next) : leaves.key(), Kind.FLOW_SEQUENCE_END);
        }
    }
}
