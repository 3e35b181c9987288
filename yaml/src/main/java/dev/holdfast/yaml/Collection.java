package dev.holdfast.yaml;

import dev.holdfast.yaml.Leaves.Standing;
import dev.holdfast.yaml.NodeMaker.Form;
import dev.holdfast.yaml.NodeMaker.Presence;
import dev.holdfast.yaml.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// A list or a map that is being read. It reads what separates its children; each child is read by the
/// {@link Composer}, which asks {@link #next} where the child stands and hands it over to {@link #accept}.
abstract sealed class Collection<N> {

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
    final Leaves<N> leaves;

    /// Empty where it has none.
    private String anchor = "";

    private Budget.Weight before = Budget.Weight.NONE;

    private Collection(Scanner scanner, Leaves<N> leaves) {
        this.scanner = scanner;
        this.leaves = leaves;
    }

    /// What the document had cost before it counts where it has an anchor.
    final void anchor(String name, Budget.Weight costBefore) {
        anchor = name;
        before = costBefore;
    }

    final String anchor() {
        return anchor;
    }

    final Budget.Weight before() {
        return before;
    }

    /// Reads up to the next child.
    abstract Place next();

    abstract void accept(N child, Presence presence);

    /// All that was read, once there is no next child.
    abstract N node();

    final void comma(String missing) {
        var token = scanner.take();
        if (token.is(Kind.COMMA)) return;
        throw leaves.error(token, token.is(Kind.END) ? "the text ends too early" : missing);
    }

    /// A list of any form.
    private abstract static sealed class Items<N> extends Collection<N> {
        final List<N> items = new ArrayList<>();
        private final Form form;
        private final int line;
        private final int column;

        Items(Scanner scanner, Leaves<N> leaves, Token first) {
            super(scanner, leaves);
            this.form = first.is(Kind.FLOW_SEQUENCE) ? Form.FLOW : Form.BLOCK;
            this.line = leaves.line(first);
            this.column = first.column() + 1;
        }

        @Override
        final void accept(N child, Presence presence) {
            items.add(child);
        }

        @Override
        final N node() {
            return leaves.sequence(form, items, line, column);
        }
    }

    static final class BlockSequence<N> extends Items<N> {
        BlockSequence(Scanner scanner, Leaves<N> leaves, Token first) {
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
    static final class SequenceBelowItsKey<N> extends Items<N> {
        SequenceBelowItsKey(Scanner scanner, Leaves<N> leaves, Token first) {
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

    static final class FlowSequence<N> extends Items<N> {
        FlowSequence(Scanner scanner, Leaves<N> leaves, Token first) {
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

    /// A map of any form.
    private abstract static sealed class Fields<N> extends Collection<N> {
        final NodeMaker.Fields<N> fields;
        /// Where the value begins that is being read.
        private int line;

        Fields(Scanner scanner, Leaves<N> leaves, Token first) {
            super(scanner, leaves);
            this.fields = leaves.fields(first);
        }

        @Override
        final void accept(N child, Presence presence) {
            fields.value(child, presence, line);
        }

        @Override
        final N node() {
            return fields.mapping();
        }

        final void empty(Token after, Standing standing) {
            fields.value(leaves.nothing(after, standing), Presence.WRITTEN, leaves.line(after));
        }

        final Place awaits(Token value, Place place) {
            line = leaves.line(value);
            return place;
        }

        /// The value after a key in braces or brackets; NONE where the key stands alone.
        final Place flowValue(Kind end) {
            boolean colon = scanner.peek().is(Kind.VALUE);
            if (colon) scanner.take();
            var after = scanner.peek();
            if (colon && !after.is(Kind.COMMA, end)) return awaits(after, Place.FLOW);
            empty(after, Standing.FLOW);
            return Place.NONE;
        }

        final void flowKey(Kind end) {
            var next = scanner.peek();
            if (next.is(Kind.VALUE, Kind.COMMA, end)) leaves.emptyKey(fields, next);
            else leaves.key(fields, Standing.FLOW);
        }
    }

    static final class BlockMapping<N> extends Fields<N> {
        BlockMapping(Scanner scanner, Leaves<N> leaves, Token first) {
            super(scanner, leaves, first);
        }

        @Override
        Place next() {
            while (scanner.peek().is(Kind.KEY)) {
                scanner.take();
                var next = scanner.peek();
                if (next.is(Kind.KEY, Kind.VALUE, Kind.BLOCK_END)) leaves.emptyKey(fields, next);
                else leaves.key(fields, Standing.BLOCK);
                var after = scanner.peek();
                if (after.is(Kind.VALUE)) {
                    scanner.take();
                    after = scanner.peek();
                    boolean none = after.is(Kind.KEY, Kind.VALUE, Kind.BLOCK_END);
                    if (!none) return awaits(after, Place.BLOCK_VALUE);
                }
                empty(after, Standing.BLOCK);
            }
            var end = scanner.take();
            if (end.is(Kind.BLOCK_END)) return Place.NONE;
            throw leaves.error(end, "a key is expected here; check the indentation and quotes");
        }
    }

    static final class FlowMapping<N> extends Fields<N> {
        private Next next = Next.FIRST;

        private enum Next {
            FIRST,
            MORE
        }

        FlowMapping(Scanner scanner, Leaves<N> leaves, Token first) {
            super(scanner, leaves, first);
        }

        @Override
        Place next() {
            while (!scanner.peek().is(Kind.FLOW_MAPPING_END)) {
                if (next == Next.MORE) {
                    comma("a comma or the closing } is missing");
                    if (scanner.peek().is(Kind.FLOW_MAPPING_END)) break;
                }
                next = Next.MORE;
                if (field() == Place.FLOW) return Place.FLOW;
            }
            scanner.take();
            return Place.NONE;
        }

        private Place field() {
            if (!scanner.peek().is(Kind.KEY)) {
                leaves.key(fields, Standing.FLOW);
                empty(scanner.peek(), Standing.FLOW);
                return Place.NONE;
            }
            scanner.take();
            flowKey(Kind.FLOW_MAPPING_END);
            return flowValue(Kind.FLOW_MAPPING_END);
        }
    }

    /// `[a: b]` is a list with a map of one key.
    static final class Pair<N> extends Fields<N> {
        private boolean read;

        Pair(Scanner scanner, Leaves<N> leaves, Token first) {
            super(scanner, leaves, first);
        }

        @Override
        Place next() {
            if (read) return Place.NONE;
            read = true;
            flowKey(Kind.FLOW_SEQUENCE_END);
            return flowValue(Kind.FLOW_SEQUENCE_END);
        }
    }
}
