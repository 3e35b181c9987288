package dev.holdfast.sandbox.rule;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.kind.FieldError;
import dev.holdfast.sandbox.kind.FieldError.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asks the rules of a schema about an object, and about what it was before.
final class Evaluation {

    private static final int LONGEST_MESSAGE = 5 << 10;
    private static final Pattern PLACE = Pattern.compile("^evaluation error(?: at <input>:\\d+)?: ");
    private static final Pattern KEY = Pattern.compile("^key '(.*)' is not present in map\\.$");

    private final List<FieldError> errors = new ArrayList<>();

    /// A value and its past: what it was (null where it was not, or can't be told), and whether it, or what it is
    /// part of, is as it was. Then a rule that it broke before is not held against it.
    private record Moment(String path, Value now, @Nullable Value before, Change change) {}

    private enum Change {
        CHANGED,
        NONE
    }

    static List<FieldError> of(RuleTree tree, Mapping object, Optional<Mapping> old) {
        var evaluation = new Evaluation();
        var before = old.orElse(null);
        evaluation.look(tree, new Moment("", object, before, changed(object, before)));
        return evaluation.errors;
    }

    private static Change changed(Value now, @Nullable Value before) {
        return now.equals(before) ? Change.NONE : Change.CHANGED;
    }

    private void look(RuleTree tree, Moment moment) {
        if (moment.now().isNull()) return;
        ask(tree, moment);
        for (var other : tree.others()) look(other, moment);
        switch (moment.now()) {
            case Mapping map -> fields(tree, moment, map);
            case Sequence list -> tree.items().ifPresent(items -> items(tree, items, moment, list));
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> {
                // nothing inside
            }
        }
    }

    private void fields(RuleTree tree, Moment moment, Mapping map) {
        var past = tree.fieldsHaveAPast() && moment.before() instanceof Mapping before ? before : Mapping.EMPTY;
        for (var field : map) {
            var before = past.get(field.key());
            var change = moment.change() == Change.NONE ? Change.NONE : changed(field.value(), before);
            tree.values()
                    .ifPresent(values -> look(
                            values,
                            new Moment(moment.path() + "[" + field.key() + "]", field.value(), before, change)));
            var property = tree.properties().get(field.key());
            if (property == null) continue;
            var path = moment.path().isEmpty() ? field.key() : moment.path() + "." + field.key();
            look(property, new Moment(path, field.value(), before, change));
        }
    }

    private void items(RuleTree tree, RuleTree items, Moment moment, Sequence list) {
        var keys = tree.itemKeys();
        for (int i = 0; i < list.size(); i++) {
            var item = list.get(i);
            var before = moment.before() instanceof Sequence past ? same(item, past, keys) : null;
            var change = moment.change() == Change.NONE ? Change.NONE : changed(item, before);
            look(items, new Moment(moment.path() + "[" + i + "]", item, before, change));
        }
    }

    private static @Nullable Value same(Value item, Sequence past, List<String> keys) {
        if (keys.isEmpty() || !(item instanceof Mapping map)) return null;
        for (var each : past.mappings()) {
            if (keys.stream().allMatch(key -> Objects.equals(each.get(key), map.get(key)))) return each;
        }
        return null;
    }

    private void ask(RuleTree tree, Moment moment) {
        if (tree.rules().isEmpty()) return;
        var self = RuleValues.of(tree.schema(), tree.place(), moment.now());
        var old = Optional.ofNullable(moment.before())
                .filter(before -> !before.isNull())
                .map(before -> RuleValues.of(tree.schema(), tree.place(), before));
        Map<String, Object> forMessages = new LinkedHashMap<>();
        forMessages.put(RuleLanguage.SELF, self);
        // messages see the past as it is, never as an optional, and only where some rule here asks for it
        if (tree.rules().stream().anyMatch(CompiledRule::comparesWithBefore)) {
            old.ifPresent(value -> forMessages.put(RuleLanguage.OLD_SELF, value));
        }
        for (var rule : tree.rules()) {
            boolean optional = rule.source().oldSelfMayBeMissing();
            if (rule.programs().rule().isEmpty() || rule.comparesWithBefore() && old.isEmpty() && !optional) continue;
            Map<String, Object> names = new LinkedHashMap<>();
            names.put(RuleLanguage.SELF, self);
            if (optional) names.put(RuleLanguage.OLD_SELF, old);
            else old.ifPresent(value -> names.put(RuleLanguage.OLD_SELF, value));
            if (holds(rule, tree, moment, names)) continue;
            if (!rule.comparesWithBefore() && moment.change() == Change.NONE) continue;
            errors.add(refusal(rule, tree, moment, detail(rule, forMessages)));
        }
    }

    /// Whether there is nothing more to say of a rule: it holds, or it could not be asked, which is an error itself.
    private boolean holds(CompiledRule rule, RuleTree tree, Moment moment, Map<String, Object> names) {
        try {
            return Boolean.TRUE.equals(rule.programs().rule().orElseThrow().eval(names));
        } catch (CelEvaluationException broken) {
            var type = Value.of(tree.schema().text("type").orElse(""));
            errors.add(Reason.INVALID.at(moment.path(), type, broken(broken, rule.source())));
            return true;
        }
    }

    private static FieldError refusal(CompiledRule rule, RuleTree tree, Moment moment, String detail) {
        var path = FieldPathText.under(moment.path(), rule.source().fieldPath());
        boolean shown = switch (moment.now()) {
            case Mapping _, Sequence _ -> false;
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> true;
        };
        return switch (rule.source().reason().orElse("")) {
            case "FieldValueForbidden" -> Reason.FORBIDDEN.at(path, detail);
            case "FieldValueRequired" -> Reason.REQUIRED.at(path, detail);
            case "FieldValueDuplicate" ->
                shown ? Reason.DUPLICATE.at(path, moment.now(), "") : Reason.DUPLICATE.at(path, "");
            default -> shown ? Reason.INVALID.at(path, moment.now(), detail) : Reason.INVALID.at(path, detail);
        };
    }

    /// A message that can't be made, or is none, is replaced by the plain one.
    private static String detail(CompiledRule rule, Map<String, Object> names) {
        return rule.programs()
                .message()
                .flatMap(message -> text(message, names))
                .map(String::strip)
                .filter(text -> !text.isEmpty() && text.indexOf('\n') < 0 && text.length() <= LONGEST_MESSAGE)
                .orElseGet(() -> rule.source().told());
    }

    private static Optional<String> text(CelRuntime.Program message, Map<String, Object> names) {
        try {
            return message.eval(names) instanceof String text ? Optional.of(text) : Optional.empty();
        } catch (CelEvaluationException _) {
            return Optional.empty();
        }
    }

    private static String broken(CelEvaluationException broken, RuleSource rule) {
        var code = broken.getErrorCode();
        if (code == CelErrorCode.OVERLOAD_NOT_FOUND) {
            return "'no such overload': call arguments did not match a supported operator, function or macro signature"
                    + " for rule: " + rule.called();
        }
        if (code == CelErrorCode.ITERATION_BUDGET_EXCEEDED) {
            return "'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to"
                    + " call cost exceeds limit for rule: " + rule.called();
        }
        var text = PLACE.matcher(String.valueOf(broken.getMessage())).replaceFirst("");
        var worded = switch (code) {
            case ATTRIBUTE_NOT_FOUND -> "no such key: " + KEY.matcher(text).replaceFirst("$1");
            case INDEX_OUT_OF_BOUNDS -> "index out of bounds: " + text.replaceFirst("^.*: ", "");
            case DIVIDE_BY_ZERO -> "division by zero";
            case NUMERIC_OVERFLOW -> "integer overflow";
            default -> text;
        };
        return worded + " evaluating rule: " + rule.called();
    }
}
