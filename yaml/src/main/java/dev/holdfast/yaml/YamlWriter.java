package dev.holdfast.yaml;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.ScalarWriter.Role;
import java.nio.charset.StandardCharsets;

/// Values to YAML text, byte for byte as `kubectl -o yaml` prints it: keys in natural order, lists not indented
/// below their key, quotes only where a text would read as something else, folds at 80 columns.
///
/// kubectl prints an object by way of its JSON text, which it reads as YAML; so texts with characters that YAML
/// forbids (U+007F, U+FFFE) cannot be printed, and a line break U+0085 turns into what it folds to.
public final class YamlWriter {

    /// Longer keys are written after `?`.
    private static final int LONGEST_KEY = 128;

    private static final int STEP = 2;

    /// A comment for a value that has a line of its own; empty for none.
    public interface Notes {
        Notes NONE = value -> "";

        String of(Value value);
    }

    private final Page page = new Page();
    private final Notes notes;

    private YamlWriter(Notes notes) {
        this.notes = notes;
    }

    /// @throws FaultException terminal `NoYamlForm` where a text holds a character that YAML forbids
    public static String text(Value value) {
        return text(value, Notes.NONE);
    }

    /// The same text, in which a comment follows every value that stands on a line.
    public static String text(Value value, Notes notes) {
        var writer = new YamlWriter(notes);
        writer.node(value, -1, Below.NOTHING);
        writer.page.end();
        return writer.page.text();
    }

    public static byte[] write(Value value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /// What a node stands below: a list is not indented below a key.
    private enum Below {
        NOTHING,
        ITEM,
        KEY
    }

    private void node(Value value, int indent, Below below) {
        switch (value) {
            case Mapping fields when fields.isEmpty() -> word("{}", value);
            case Sequence items when items.isEmpty() -> word("[]", value);
            case Mapping fields -> mapping(fields, indent < 0 ? 0 : indent + STEP);
            case Sequence items -> sequence(items, items(indent, below));
            case Value.Null _ -> word("null", value);
            case Value.Bool(var truth, var _) -> word(truth ? "true" : "false", value);
            case Value.Whole(var number, var _) -> word(Long.toString(number), value);
            case Value.Real(var number, long bits, var _) ->
                word(bits == 0 ? real(number) : Long.toUnsignedString(bits), value);
            case Value.Text(var text, var _) -> {
                var scalar = scalar(readBack(text), Role.OTHER, indent);
                scalar.write(notes.of(value));
            }
        }
    }

    private void word(String text, Value value) {
        page.word(text);
        page.comment(notes.of(value));
    }

    private int items(int indent, Below below) {
        if (indent < 0) return 0;
        return below == Below.KEY && !page.atIndent() ? indent : indent + STEP;
    }

    private void mapping(Mapping fields, int indent) {
        for (int at : NaturalOrder.positions(fields)) {
            page.indent(indent);
            var key = readBack(fields.keyAt(at));
            boolean simple = key.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY
                    && !ScalarShape.of(key).multiline();
            if (simple) {
                scalar(key, Role.SIMPLE_KEY, indent).write("");
                page.mark(":");
            } else {
                page.blockMark("?");
                scalar(key, Role.OTHER, indent).write("");
                page.indent(indent);
                page.blockMark(":");
            }
            node(fields.valueAt(at), indent, Below.KEY);
        }
    }

    private void sequence(Sequence items, int indent) {
        for (int i = 0; i < items.size(); i++) {
            page.indent(indent);
            page.blockMark("-");
            node(items.get(i), indent, Below.ITEM);
        }
    }

    private ScalarWriter scalar(String text, Role role, int indent) {
        return new ScalarWriter(page, text, role, Math.max(indent, 0) + STEP);
    }

    /// The text after its way through JSON and YAML.
    private static String readBack(String text) {
        var whole = Surrogates.repaired(text);
        boolean asItIs = true;
        for (int i = 0; i < whole.length() && asItIs; i++) {
            char c = whole.charAt(i);
            asItIs = c < 0x7F || c >= 0xA0 && c < 0xFFFE;
        }
        if (asItIs) return whole;
        var json = JsonWriter.text(Value.of(whole));
        if (Text.firstForbidden(json) >= 0) throw refused("a control character");
        return new Scalars(Cursor.over(json), Json.SYMBOLS, (line, column, reason) -> refused(reason)).quoted();
    }

    private static FaultException refused(String reason) {
        return new FaultException(Fault.terminal(
                "NoYamlForm",
                "a text cannot be printed as YAML the way kubectl does it: " + reason,
                "Print it as JSON"));
    }

    /// Go reads the number's JSON text as YAML again: integral ones print as integers as far as 64 bits go.
    private static String real(double number) {
        var json = GoNumber.json(number);
        return switch (Go2.plain(json)) {
            case Scalar.Whole _, Scalar.Unsigned _ -> json;
            case Scalar.Real(var read) -> GoNumber.general(read);
            case Scalar.Nothing _, Scalar.Truth _, Scalar.Words _ ->
                throw new IllegalStateException("the JSON text of a number reads as a number");
        };
    }
}
