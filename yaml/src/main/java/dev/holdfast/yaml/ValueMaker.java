package dev.holdfast.yaml;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;

/// Makes values of what stands in a file, by the rules of go-yaml v2: everything takes effect where it stands, and
/// of several values for a key the last one counts.
final class ValueMaker implements NodeMaker<Value> {

    private final Trouble trouble;
    private final String path;
    private final List<String> repeated = new ArrayList<>();
    /// Of maps that are complete.
    private final ArrayList<InOrder> spare = new ArrayList<>();

    ValueMaker(Trouble trouble) {
        this.trouble = trouble;
        this.path = trouble.path();
    }

    /// What a strict reader says about keys that a map had already, in the order in which they were read.
    List<String> repeated() {
        return repeated;
    }

    @Override
    public Value scalar(String tag, String text, Quoting quoting, int line, int column) {
        var origin = Origin.at(path, line, column);
        if (tag.isEmpty() && (quoting.quoted() || Go2.surelyText(text))) return new Value.Text(text, origin);
        Dialect.Refusal refusal = reason -> trouble.yaml(line, column, reason);
        return Go2.jsonValue(Go2.resolve(tag, text, quoting, refusal), origin, refusal);
    }

    @Override
    public Value sequence(Form form, List<Value> items, int line, int column) {
        return Sequence.of(items, Origin.at(path, line, column));
    }

    @Override
    public Fields<Value> fields(Form form, int depth, int line, int column) {
        var fields = spare.isEmpty() ? new InOrder() : spare.removeLast();
        fields.start(Origin.at(path, line, column));
        return fields;
    }

    @Override
    public Value alias(Value anchored, String name) {
        return anchored;
    }

    private final class InOrder implements Fields<Value> {

        private enum Next {
            FIELD,
            MERGE
        }

        private final Mapping.Builder fields = Mapping.builder();
        private Next next = Next.FIELD;
        private String key = "";
        private int keyLine;
        private int keyColumn;

        void start(Origin origin) {
            fields.clear().origin(origin);
        }

        @Override
        public void key(String tag, String text, Quoting quoting, int line, int column) {
            keyLine = line;
            keyColumn = column;
            next = Go2.merges(tag, text, quoting) ? Next.MERGE : Next.FIELD;
            boolean asWritten = tag.isEmpty() && (quoting.quoted() || Go2.surelyText(text));
            if (asWritten) {
                key = text;
            } else if (next == Next.FIELD) {
                var scalar = Go2.resolve(tag, text, quoting, this::refused);
                key = Json.SYMBOLS.of(Go2.key(scalar, this::refused));
            }
        }

        @Override
        public void value(Value value, Presence presence, int line) {
            if (next == Next.FIELD) {
                int before = fields.size();
                fields.put(key, value);
                // as go-yaml v2 says it: with the line of the value
                if (fields.size() == before) {
                    repeated.add("line " + line + ": key " + JsonWriter.text(Value.of(key)) + " already set in map");
                }
                return;
            }
            for (var map : merged(value, presence)) map.forEach(field -> fields.put(field.key(), field.value()));
        }

        /// The maps that `<<` names, the one that counts most at the end.
        private List<Mapping> merged(Value value, Presence presence) {
            if (value instanceof Mapping mapping) return List.of(mapping);
            if (value instanceof Sequence maps
                    && presence == Presence.WRITTEN
                    && maps.mappings().size() == maps.size()) {
                return maps.mappings().reversed();
            }
            throw refused("<< merges a map or a list of maps only; quote the key if it is text");
        }

        @Override
        public Value mapping() {
            var mapping = fields.build();
            spare.add(this);
            return mapping;
        }

        private FaultException refused(String reason) {
            return trouble.yaml(keyLine, keyColumn, reason);
        }
    }
}
